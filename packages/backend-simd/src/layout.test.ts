import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import * as layout from './layout.js';

const assembly = readFileSync(new URL('../assembly/layout.ts', import.meta.url), 'utf8');

/** The addresses of assembly/layout.ts, by name. */
const addresses = new Map(
  [...assembly.matchAll(/^export const (\w+): (?:usize|i32) = ([\d +*]+);$/gm)].map(([, name, sum]) => [
    name!,
    sum!.split('+').reduce((total, term) => total + term.split('*').reduce((product, factor) => product * Number(factor), 1), 0),
  ]),
);

it('both sides mean the same addresses', () => {
  const shared = Object.entries(layout).filter(([name]) => addresses.has(name));
  expect(shared.map(([name]) => name).sort()).toEqual(['HEAD', 'JOBS', 'SLEEPERS', 'SLOTS', 'SLOT_BYTES', 'STOP', 'TAIL']);
  for (const [name, address] of shared) expect(address, name).toBe(addresses.get(name));
});

it('no two words share an address, and tensors begin behind them all', () => {
  const words = new Map([...addresses, ['RUNNING', layout.RUNNING], ['FAILED', layout.FAILED]]);
  words.delete('SLOTS');
  words.delete('SLOT_BYTES');
  const all = [...words.values()];
  expect(new Set(all).size).toBe(all.length);
  // The jobs are last, right behind the 128 float32 of constants.
  expect(Math.max(...all)).toBe(words.get('JOBS'));
  expect(layout.JOBS).toBe(words.get('CONSTANTS')! + 128 * 4);
  expect(layout.HEAP).toBe(layout.JOBS + layout.SLOTS * layout.SLOT_BYTES);
});
