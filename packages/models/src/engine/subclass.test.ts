import { type CallContext, dense, dropout } from '@jogak/layers';
import { add, type Batch, hostArray, memory, normalValues, randomKey, type Tensor } from '@jogak/ops';
import { describe, expect, it } from 'vitest';
import type { Logs } from './logs.js';
import { Model } from './model.js';

/** A network of one's own: a sum of two branches, dropped out. */
class Branches extends Model {
  static override readonly className = 'Branches';
  readonly left = dense({ name: 'left', units: 4, activation: 'tanh' });
  readonly right = dense({ name: 'right', units: 4, activation: 'relu' });
  readonly drop = dropout({ name: 'drop', rate: 0.5 });
  readonly out = dense({ name: 'out', units: 1 });
  steps = 0;

  override call(x: Tensor, context: CallContext): Tensor {
    const sum = add(this.left.apply(x), this.right.apply(x));
    return this.out.apply(this.drop.apply(sum, context));
  }

  override async trainStep(batch: Batch): Promise<Logs> {
    this.steps++;
    return super.trainStep(batch);
  }
}

const x = hostArray(normalValues(randomKey(1, 'x'), [32, 3]), [32, 3]);
const y = hostArray(
  Float32Array.from({ length: 32 }, (_, row) => Math.abs(x.data[3 * row] as number)),
  [32, 1],
);

describe('a model of one’s own', () => {
  it('is built by its first batch, its weights named after the attributes’ layers', async () => {
    const model = new Branches({});
    model.compile({ optimizer: 'adam', loss: 'mse' });
    await model.fit(x, y, { epochs: 2, batchSize: 8 });
    expect(model.weights.map(weight => weight.path)).toEqual([
      'left/kernel',
      'left/bias',
      'right/kernel',
      'right/bias',
      'out/kernel',
      'out/bias',
    ]);
    expect([model.countParams(), model.steps]).toEqual([4 * 4 * 2 + 5, 8]);
  });

  it('learns, and drops out in training alone', async () => {
    const model = new Branches({});
    model.compile({ optimizer: 'adam', loss: 'mse' });
    const { history } = await model.fit(x, y, { epochs: 80, batchSize: 8 });
    expect((history.loss as number[]).at(-1)).toBeLessThan((history.loss?.[0] as number) / 2);
    const [first, second] = [model.predict(x) as Tensor, model.predict(x) as Tensor];
    expect([...first.dataSync()]).toEqual([...second.dataSync()]);
  });

  it('leaves no tensor behind', async () => {
    const model = new Branches({});
    model.compile({ optimizer: 'adam', loss: 'mse' });
    await model.fit(x, y);
    const before = memory().numTensors;
    await model.fit(x, y);
    (model.predict(x) as Tensor).dispose();
    expect(memory().numTensors).toBe(before);
  });
});
