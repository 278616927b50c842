import { readFileSync } from 'node:fs';
import { ConfigError } from '@jogak/ops';
import { cosineDecay, sgd } from '@jogak/optimizers';
import { describe, expect, it, vi } from 'vitest';
import { earlyStopping } from './early-stopping.js';
import { learningRateScheduler } from './learning-rate-scheduler.js';
import { reduceLROnPlateau } from './reduce-lr-on-plateau.js';
import { kernel, network, replay, x, y } from './runs.testing.js';

interface Case<Expected> {
  options: Record<string, unknown>;
  figures: string;
  expected: Expected;
}

const golden: {
  figures: Record<string, number[]>;
  earlyStopping: Case<{ epochs: number; stopped: boolean; restored: number }>[];
  reduceLROnPlateau: Case<number[]>[];
} = JSON.parse(readFileSync(new URL('../../../../tools/golden/callbacks.json', import.meta.url), 'utf8'));

const inCamelCase = (given: Record<string, unknown>) =>
  Object.fromEntries(
    Object.entries(given).map(([key, value]) => [key.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase()), value]),
  );

describe('earlyStopping', () => {
  it.each(golden.earlyStopping)('stops and restores as Keras: $options, $figures', async ({ options, figures, expected }) => {
    const model = network();
    const callback = earlyStopping({ restoreBestWeights: true, ...inCamelCase(options) });
    const epochs = await replay(callback, model, 'val_loss', golden.figures[figures] as number[]);
    expect({ epochs, stopped: model.stopTraining, restored: kernel(model)[0] }).toEqual(expected);
  });

  it.each([
    ['after the last epoch', {}],
    ['by another callback', { onEpochEnd: (epoch: number) => void (epoch === 3 && stop()) }],
    ['by an error', { onEpochBegin: (epoch: number) => (epoch === 3 ? Promise.reject(new Error('broken')) : undefined) }],
  ])('restores the best weights when training ends %s', async (_, other) => {
    const model = network();
    stop = () => {
      model.stopTraining = true;
    };
    // Epoch 1 is the best; then the weights go astray.
    const best: number[][] = [];
    const judge = {
      onEpochEnd: (epoch: number, logs: Record<string, number>) => {
        logs.judged = epoch === 1 ? 0 : 1 + epoch;
        if (epoch === 1) best.push(kernel(model));
      },
    };
    const stopping = earlyStopping({ monitor: 'judged', mode: 'min', patience: 50, restoreBestWeights: true });
    await model.fit(x, y, { epochs: 6, callbacks: [judge, stopping, other] }).catch(() => {});
    expect(kernel(model)).toEqual(best[0]);
    expect(stopping.bestEpoch).toBe(1);
  });
  let stop: () => void;

  it('restores them when training is aborted', async () => {
    const model = network();
    const controller = new AbortController();
    const seen: number[][] = [];
    const watch = {
      onEpochEnd: (epoch: number) => {
        seen.push(kernel(model));
        if (epoch === 2) controller.abort();
      },
    };
    // The loss falls at every epoch, so that the last complete one is the best.
    const stopping = earlyStopping({ monitor: 'loss', restoreBestWeights: true });
    await expect(model.fit(x, y, { epochs: 6, callbacks: [watch, stopping], signal: controller.signal })).rejects.toThrow('aborted');
    expect(kernel(model)).toEqual(seen[2]);
  });

  it('takes the direction from the metric, and says what it does not know', async () => {
    const model = network();
    await model.fit(x, y, { callbacks: earlyStopping({ monitor: 'mae' }) });
    await expect(model.fit(x, y, { callbacks: earlyStopping() })).rejects.toThrow(
      new ConfigError('earlyStopping: there is no figure "val_loss" to monitor; there are: loss, mae. Give fit validation data'),
    );
    const strange = { onEpochEnd: (_: number, logs: Record<string, number>) => void (logs.strange = 1) };
    await expect(model.fit(x, y, { callbacks: [strange, earlyStopping({ monitor: 'strange' })] })).rejects.toThrow(
      new ConfigError('earlyStopping: it is not known whether "strange" is better high or low; say mode: "min" or mode: "max"'),
    );
    expect(() => earlyStopping({ patiance: 3 } as never)).toThrow(
      new ConfigError('earlyStopping: there is no option "patiance"; did you mean "patience"?'),
    );
    expect(() => earlyStopping({ mode: 'high' as never })).toThrow('earlyStopping: mode must be "auto" or "min" or "max"; got "high"');
  });

  it('takes no figure that is not a number for better, and no number of a run before', async () => {
    const model = network();
    const stopping = earlyStopping({ patience: 2, restoreBestWeights: true });
    expect(await replay(stopping, model, 'val_loss', [Number.NaN, 3, Number.NaN, Number.NEGATIVE_INFINITY, 1])).toBe(4);
    expect(kernel(model)[0]).toBe(1);
    expect(await replay(stopping, model, 'val_loss', [9, 8, 7])).toBe(3);
    expect(stopping.stoppedEpoch).toBeNull();
  });

  it('says what it does', async () => {
    const log = vi.spyOn(console, 'log').mockImplementation(() => {});
    await replay(earlyStopping({ verbose: 1, restoreBestWeights: true }), network(), 'val_loss', [1, 2]);
    expect(log.mock.calls.flat()).toEqual(['Epoch 2: early stopping', 'Restoring model weights from the end of the best epoch: 1.']);
    log.mockRestore();
  });
});

describe('reduceLROnPlateau', () => {
  it.each(golden.reduceLROnPlateau)('lowers the learning rate as Keras: $options, $figures', async ({ options, figures, expected }) => {
    const model = network();
    const callback = reduceLROnPlateau(inCamelCase(options));
    const rates: number[] = [];
    callback.attach(model, { epochs: 1, initialEpoch: 0, steps: 1, samples: 1 });
    callback.onTrainBegin();
    for (const [epoch, value] of (golden.figures[figures] as number[]).entries()) {
      const logs: Record<string, number> = { val_loss: value };
      const before = model.optimizer.learningRate;
      callback.onEpochEnd(epoch, logs);
      expect(logs.learning_rate).toBe(before);
      rates.push(Number(model.optimizer.learningRate.toPrecision(6)));
    }
    expect(rates).toEqual(expected);
  });

  it('goes on from its state as if nothing had been', async () => {
    const figures = golden.figures.uneven as number[];
    const given = { patience: 1, factor: 0.5, cooldown: 2 };
    const [unbroken, first, second] = [network(), network(), network()];
    await replay(reduceLROnPlateau(given), unbroken, 'val_loss', figures);
    const before = reduceLROnPlateau(given);
    await replay(before, first, 'val_loss', figures.slice(0, 5));
    const after = reduceLROnPlateau(given);
    after.restore(JSON.parse(JSON.stringify(before.state())));
    second.optimizer.learningRate = first.optimizer.learningRate;
    await replay(after, second, 'val_loss', figures.slice(5));
    expect(second.optimizer.learningRate).toBe(unbroken.optimizer.learningRate);
  });

  it('refuses factors that do not lower it', () =>
    expect(() => reduceLROnPlateau({ factor: 1 })).toThrow(
      'reduceLROnPlateau: factor must be a number, more than 0 and less than 1; got 1',
    ));
});

describe('learningRateScheduler', () => {
  it('sets the learning rate of every epoch', async () => {
    const model = network();
    const asked: [number, number][] = [];
    const schedule = (epoch: number, rate: number): number => {
      asked.push([epoch, rate]);
      return rate / 2;
    };
    const { history } = await model.fit(x, y, { epochs: 3, callbacks: learningRateScheduler({ schedule }) });
    expect(asked).toEqual([
      [0, 0.1],
      [1, 0.05],
      [2, 0.025],
    ]);
    expect(history.learning_rate).toEqual([0.05, 0.025, 0.0125]);
  });

  it('says what it cannot set', async () => {
    const model = network();
    await expect(model.fit(x, y, { callbacks: learningRateScheduler({ schedule: () => Number.NaN }) })).rejects.toThrow(
      new ConfigError('learningRateScheduler: schedule must give a number, 0 or more; got NaN for epoch 0'),
    );
    model.compile({ optimizer: sgd({ learningRate: cosineDecay({ initialLearningRate: 1, decaySteps: 3 }) }), loss: 'mse' });
    await expect(model.fit(x, y, { callbacks: learningRateScheduler({ schedule: () => 1 }) })).rejects.toThrow(/schedule/);
    expect(() => learningRateScheduler({} as never)).toThrow('learningRateScheduler: the option "schedule" is required');
  });
});
