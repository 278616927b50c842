import { defaultDevice, init } from '@jax-js/jax';
import { setBackend } from '@jogak/ops';
import '@jogak/ops/chained';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { requireOrSkip } from '../../../../tools/requirement.js';
import { FileStore } from '../data/file-store.js';
import { syntheticImages } from '../data/synthetic.js';
import { missing, peerCommand } from '../peers/commands.js';
import { Driver } from '../peers/driver.js';
import type { PeerName } from '../peers/peers.js';
import type { Prepared, Task, TrainTask } from '../protocol.js';
import { close } from '../report/agreement.js';
import { type Workload, workloads } from '../workloads/index.js';
import { readFloats } from './files.js';
import { jaxJsWork } from './jax-js-work.js';
import { jogakWork } from './jogak-work.js';
import { CannotError } from './serve.js';
import { tfjsWork } from './tfjs-work.js';

const files = new FileStore();
beforeAll(async () => {
  await init('wasm');
  defaultDevice('wasm');
  await setBackend('cpu');
});
afterAll(() => files.remove());

async function taskOf(name: string): Promise<Task> {
  const found = workloads.find(workload => workload.name === name) as Workload;
  return (await found.prepare({ files, dataDir: null })).task;
}

/** 32 random images, and fashion-cnn's first weights. */
const fashion = (): Promise<Task> => taskOf('start-up-fashion-cnn');

type Check = Pick<Exclude<Prepared, { cannot: string }>, 'check' | 'parameters'>;

function expectSame(theirs: Check, ours: Check): void {
  expect(theirs.check).toHaveLength(ours.check.length);
  for (const [index, value] of ours.check.entries())
    expect(close(value, theirs.check[index] as number), `${theirs.check} for ${ours.check}`).toBe(true);
  if (theirs.parameters !== null) expect(theirs.parameters).toBe(ours.parameters);
}

describe("Jogak's driver", () => {
  it('multiplies as three loops do', async () => {
    const task = await taskOf('gemm-32');
    if (task.kind !== 'matmul') throw new Error('gemm-32 is a product');
    const [a, b] = [readFloats(task.a), readFloats(task.b)];
    const element = (row: number, column: number): number =>
      Array.from({ length: 32 }, (_, k) => (a[row * 32 + k] as number) * (b[k * 32 + column] as number)).reduce(
        (sum, value) => sum + value,
        0,
      );
    const { check } = await jogakWork(task, null);
    expect(check[0]).toBeCloseTo(element(0, 0), 4);
    expect(check[1]).toBeCloseTo(element(31, 31), 4);
  });

  it('starts fashion-cnn from the loss of a guess, and gets better', async () => {
    const { check, parameters } = await jogakWork(await fashion(), null);
    expect(parameters).toBe(197_210);
    expect(check[0]).toBeGreaterThan(Math.log(10) - 0.3);
    expect(check[1]).toBeLessThan(check[0] as number);
  });
});

describe('the same work is done by', () => {
  it.each(['start-up-fashion-cnn', 'predict-fashion-cnn', 'gemm-32', 'conv2d-lenet-2-forward', 'conv2d-lenet-2-backward'])(
    'tfjs, of %s',
    async name => {
      const task = await taskOf(name);
      expectSame(await tfjsWork(task), await jogakWork(task, null));
    },
  );

  it.each(['start-up-fashion-cnn', 'predict-fashion-cnn', 'gemm-32', 'conv2d-lenet-2-forward', 'conv2d-lenet-2-backward'])(
    'jax-js, of %s',
    async name => {
      const task = await taskOf(name);
      expectSame(await jaxJsWork(task), await jogakWork(task, null));
    },
  );

  it('everyone, on the first rows of the files, whatever order training has', async () => {
    const { x, y } = syntheticImages(64);
    const task = {
      ...((await fashion()) as TrainTask),
      x: files.write('x-64', x.data as Uint8Array, x.shape),
      y: files.write('y-64', Int32Array.from(y.data as Uint8Array), [64]),
    };
    const ours = await jogakWork(task, null);
    expectSame(await tfjsWork(task), ours);
    expectSame(await jaxJsWork(task), ours);
  });

  const never = { never: 'Python and its engines are no part of this project; JOGAK_BENCH_PYTHON says where they are' };
  for (const peer of ['pytorch', 'jax', 'keras-jax', 'keras-tensorflow'] as const satisfies readonly PeerName[]) {
    // Between them they have both optimizers and both losses, images and one-hot words.
    it.runIf(requireOrSkip(peer, missing(peer) === null, never)).each(['start-up-fashion-cnn', 'imdb-rnn'])(
      `${peer}, of %s`,
      async name => {
        const task = await taskOf(name);
        const driver = new Driver(peer, peerCommand(peer, 1));
        try {
          expectSame(
            await driver.ask<Exclude<Prepared, { cannot: string }>>({ do: 'prepare', task, threads: 1, dataDir: null }),
            await jogakWork(task, null),
          );
        } finally {
          await driver.end();
        }
      },
      120_000,
    );
  }
});

describe('what a peer cannot do', () => {
  it('is said with its reason', async () => {
    const task = { ...((await fashion()) as TrainTask), network: 'transformer' as const };
    await expect(tfjsWork(task)).rejects.toThrow(new CannotError('tfjs-layers has no attention, and no lambda layer to make one of'));
    await expect(jaxJsWork({ ...task, network: 'embedding-lstm' })).rejects.toThrow(
      new CannotError('jax-js has no scan, to go through the steps of a sequence in compiled code'),
    );
  });

  it('ends with what its process said, where that fails', async () => {
    const driver = new Driver('A peer', { file: process.execPath, arguments: ['-e', 'console.error("no such thing"); process.exit(3)'] });
    await expect(driver.ask({ do: 'run', units: 1 })).rejects.toThrow('A peer: its process ended with exit code 3\nno such thing');
    await driver.end();
  });
});
