import { defaultDevice, init } from '@jax-js/jax';
import { setBackend } from '@jogak/ops';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FileStore } from '../data/file-store.js';
import { floor } from '../floor/cost.js';
import type { OpTask } from '../protocol.js';
import { close } from '../report/agreement.js';
import { workloads } from '../workloads/index.js';
import { jaxJsOps } from './jax-js-ops.js';
import { jaxJsWork } from './jax-js-work.js';
import { useBackend } from './jogak-backend.js';
import { jogakWork } from './jogak-work.js';

const ops = workloads.filter(({ group }) => group.startsWith('kernels-'));
const files = new FileStore();
const tasks = new Map<string, OpTask>();
const checks = new Map<string, readonly number[]>();

beforeAll(async () => {
  await init('wasm');
  defaultDevice('wasm');
  await setBackend('cpu');
  for (const { name, prepare } of ops) {
    const task = (await prepare({ files, dataDir: null })).task as OpTask;
    tasks.set(name, task);
    checks.set(name, (await jogakWork(task, null)).check);
  }
}, 60_000);
afterAll(() => files.remove());

const taskOf = (name: string): OpTask => tasks.get(name) as OpTask;

function expectSame(name: string, theirs: readonly number[]): void {
  const ours = checks.get(name) as readonly number[];
  expect(theirs).toHaveLength(ours.length);
  for (const [index, value] of ours.entries()) {
    const other = theirs[index] as number;
    expect(Object.is(value, other) || close(Number(value), Number(other)), `${theirs} for ${ours}`).toBe(true);
  }
}

describe('single ops', () => {
  it.each(ops.map(({ name }) => name))('%s ends in numbers on cpu, unless they are random', name => {
    const check = checks.get(name) as readonly number[];
    expect(check.length > 0).toBe(!name.startsWith('random-'));
    expect(check.every(value => Number.isFinite(Number(value)))).toBe(true);
  });

  it.each(ops.map(({ name }) => name))('%s is the same work on simd', async name => {
    await useBackend('simd', 1);
    const { check, run } = await jogakWork(taskOf(name), null);
    expectSame(name, check);
    await run(2);
  });

  it.each(ops.map(({ name }) => name))('%s is the same work in jax-js, or is not done', async name => {
    const task = taskOf(name);
    if (jaxJsOps[task.op]) expectSame(name, (await jaxJsWork(task)).check);
    else await expect(jaxJsWork(task)).rejects.toThrow(`this benchmark has no ${task.op} in jax-js`);
  });

  it('of adding 32×100 numbers costs 3,200 additions and 9,600 numbers moved', () => {
    const cost = ops.find(({ name }) => name === 'elementwise-add-small')?.cost;
    expect(cost).toEqual({ arithmetic: 3200, functions: 0, bytes: 38_400 });
    const rate = { one: 1e9, all: 1e9 };
    const peaks = { threads: 1, plain: rate, relaxed: null, read: rate, update: rate };
    expect(floor(cost!, peaks)).toEqual({ seconds: 38.4e-6, bound: 'memory' });
  });
});
