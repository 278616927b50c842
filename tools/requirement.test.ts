import { afterEach, describe, expect, it, vi } from 'vitest';
import { requireOrSkip } from './requirement.js';

describe('requireOrSkip', () => {
  afterEach(() => {
    vi.unstubAllEnvs();
    vi.restoreAllMocks();
  });

  it('lets the tests run when the thing is there, and says nothing', () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
    expect(requireOrSkip('a spoon', true, 'buy one')).toBe(true);
    expect(warn).not.toHaveBeenCalled();
  });

  it('skips with a notice on a machine of one’s own', () => {
    vi.stubEnv('CI', '');
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
    expect(requireOrSkip('a spoon', false, 'buy one')).toBe(false);
    expect(warn).toHaveBeenCalledExactlyOnceWith('Skipped, for want of a spoon: buy one');
  });

  it('fails in CI, unless such a machine can never have the thing', () => {
    vi.stubEnv('CI', 'true');
    vi.spyOn(console, 'warn').mockImplementation(() => {});
    expect(() => requireOrSkip('a spoon', false, 'buy one')).toThrow(
      new Error('a spoon is missing, and in CI no test may be skipped for it: buy one'),
    );
    expect(requireOrSkip('a spoon', false, { never: 'there is no spoon' })).toBe(false);
  });
});
