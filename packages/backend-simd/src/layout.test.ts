import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import * as layout from './layout.js';

const assembly = readFileSync(new URL('../assembly/layout.ts', import.meta.url), 'utf8');

/** The addresses of assembly/layout.ts, by name. */
const addresses = new Map(
  [...assembly.matchAll(/^export const (\w+): usize = ([\d +*]+);$/gm)].map(([, name, sum]) => [
    name!,
    sum!.split('+').reduce((total, term) => total + term.split('*').reduce((product, factor) => product * Number(factor), 1), 0),
  ]),
);

it('both sides mean the same addresses', () => {
  const shared = Object.entries(layout).filter(([name]) => addresses.has(name));
  expect(shared.map(([name]) => name).sort()).toEqual(['DONE', 'EPOCH', 'JOB', 'STOP']);
  for (const [name, address] of shared) expect(address, name).toBe(addresses.get(name));
});

it('no two words share an address, and tensors begin behind them all', () => {
  const all = [...new Map([...addresses, ['RUNNING', layout.RUNNING], ['FAILED', layout.FAILED]]).values()];
  expect(new Set(all).size).toBe(all.length);
  // The constants are last: 128 float32.
  expect(Math.max(...all)).toBe(addresses.get('CONSTANTS'));
  expect(layout.HEAP).toBe(addresses.get('CONSTANTS')! + 128 * 4);
});
