import { Dataset } from '@jogak/datasets';
import { batchNormalization, dense, dropout } from '@jogak/layers';
import {
  add,
  type Batch,
  ConfigError,
  DataError,
  hostArray,
  memory,
  mul,
  normalValues,
  randomKey,
  ShapeError,
  setRandomSeed,
  type Tensor,
  tidy,
} from '@jogak/ops';
import { adam, sgd } from '@jogak/optimizers';
import { describe, expect, it } from 'vitest';
import type { CallbackFunctions } from '../callbacks/callback.js';
import { arrayBatches, type BatchDataset } from './batch-source.js';
import type { Logs } from './logs.js';
import { type Sequential, sequential } from './sequential.js';

const x = hostArray(normalValues(randomKey(1, 'x'), [30, 3]), [30, 3]);
const labels = hostArray(Int32Array.from({ length: 30 }, (_, i) => ((x.data[3 * i] as number) > 0 ? 1 : 0)));

function classifier(extra: 'dropout' | 'batchNormalization' | null = null): Sequential {
  const middle = extra === 'dropout' ? [dropout({ name: 'drop', rate: 0.5 })] : extra ? [batchNormalization({ name: 'norm' })] : [];
  const model = sequential({
    name: 'classifier',
    layers: [
      dense({ name: 'hidden', units: 8, activation: 'relu', inputShape: [3] }),
      ...middle,
      dense({ name: 'out', units: 2, activation: 'softmax' }),
    ],
  });
  model.compile({ optimizer: 'adam', loss: 'sparseCategoricalCrossentropy', metrics: ['accuracy'] });
  return model;
}

const weightsOf = (model: Sequential): number[][] => model.weights.map(weight => [...weight.value.dataSync()]);

describe('fit', () => {
  it('learns what can be learnt', async () => {
    const model = classifier();
    model.compile({ optimizer: adam({ learningRate: 0.02 }), loss: 'sparseCategoricalCrossentropy', metrics: ['accuracy'] });
    const { history } = await model.fit(x, labels, { epochs: 60, batchSize: 8 });
    expect((history.loss as number[]).at(-1)).toBeLessThan((history.loss?.[0] as number) / 2);
    expect((history.accuracy as number[]).at(-1)).toBeGreaterThan(0.9);
  });

  it.each([null, 'dropout', 'batchNormalization'] as const)(
    'gives the same bits for the same seed (%s), and others for another',
    async extra => {
      const train = async (seed: number): Promise<number[][]> => {
        setRandomSeed(seed);
        const model = classifier(extra);
        await model.fit(x, labels, { epochs: 2, batchSize: 7 });
        return weightsOf(model);
      };
      const first = await train(5);
      expect(await train(5)).toEqual(first);
      expect(await train(6)).not.toEqual(first);
      setRandomSeed(1);
    },
  );

  it('goes on where it stopped: two epochs and two more are four', async () => {
    const whole = classifier('dropout');
    await whole.fit(x, labels, { epochs: 4 });
    const halves = classifier('dropout');
    await halves.fit(x, labels, { epochs: 2 });
    await halves.fit(x, labels, { epochs: 4, initialEpoch: 2 });
    expect(weightsOf(halves)).toEqual(weightsOf(whole));
  });

  it('reads batches from a data set, and repeats it where epochs are counted in steps', async () => {
    let read = 0;
    const dataset: BatchDataset = {
      size: 3,
      async *[Symbol.asyncIterator]() {
        for (let start = 0; start < 30; start += 10) {
          read++;
          yield {
            x: hostArray(x.data.slice(3 * start, 3 * start + 30) as Float32Array, [10, 3]),
            y: hostArray(labels.data.slice(start, start + 10) as Int32Array),
          } satisfies Batch;
        }
      },
    };
    const model = classifier();
    const { epoch } = await model.fitDataset(dataset, { epochs: 2 });
    expect([epoch, read]).toEqual([[0, 1], 6]);
    const steps: number[] = [];
    await model.fit(dataset, { epochs: 2, stepsPerEpoch: 5, callbacks: { onBatchEnd: batch => void steps.push(batch) } });
    expect(steps).toEqual([0, 1, 2, 3, 4, 0, 1, 2, 3, 4]);
    await model.fitDataset(dataset, { batchesPerEpoch: 4, callbacks: { onBatchEnd: batch => void steps.push(batch) } });
    expect(steps.slice(10)).toEqual([0, 1, 2, 3]);
  });

  it('goes on within the data where epochs are counted in steps, too', async () => {
    const options = { epochs: 4, stepsPerEpoch: 3 };
    const batches = () => arrayBatches({ x: [x], y: [labels], batchSize: 4, shuffle: true, seed: 1 });
    const whole = classifier('dropout');
    await whole.fit(batches(), options);
    const halves = classifier('dropout');
    await halves.fit(batches(), { ...options, epochs: 2 });
    await halves.fit(batches(), { ...options, initialEpoch: 2 });
    expect(weightsOf(halves)).toEqual(weightsOf(whole));
  });

  it('closes a data set of which it does not take all, and asks for steps where one never ends', async () => {
    let closed = 0;
    const endless: BatchDataset = {
      size: Number.POSITIVE_INFINITY,
      async *[Symbol.asyncIterator]() {
        try {
          for (;;) yield { xs: hostArray(new Float32Array(6), [2, 3]), ys: hostArray(new Int32Array(2)) };
        } finally {
          closed++;
        }
      },
    };
    await classifier().fit(endless, { stepsPerEpoch: 2, epochs: 2 });
    expect(closed).toBe(1);
    await expect(classifier().fit(endless)).rejects.toThrow(
      new ConfigError('fit: the data never end: say how many batches make an epoch, by stepsPerEpoch'),
    );
  });

  it('weighs the last, short batch by its samples', async () => {
    const model = classifier();
    model.compile({ optimizer: sgd({ learningRate: 0 }), loss: 'sparseCategoricalCrossentropy', metrics: ['accuracy'] });
    const { history } = await model.fit(x, labels, { batchSize: 7 });
    const whole = model.evaluate(x, labels, { batchSize: 30, returnDict: true });
    expect(history.loss?.[0]).toBeCloseTo(whole.loss as number, 6);
    expect(history.accuracy?.[0]).toBeCloseTo(whole.accuracy as number, 6);
  });

  it('calls callbacks in order, and lets them end the run', async () => {
    const calls: string[] = [];
    const model = classifier();
    const functions: CallbackFunctions = {
      onTrainBegin: () => void calls.push('train begins'),
      onEpochBegin: epoch => void calls.push(`epoch ${epoch} begins`),
      onTestBegin: () => void calls.push('test begins'),
      onTestEnd: () => void calls.push('test ends'),
      onEpochEnd: epoch => {
        calls.push(`epoch ${epoch} ends`);
        model.stopTraining = true;
      },
      onTrainEnd: () => void calls.push('train ends'),
    };
    await model.fit(x, labels, { epochs: 5, validationData: [x, labels], callbacks: functions });
    expect(calls).toEqual(['train begins', 'epoch 0 begins', 'test begins', 'test ends', 'epoch 0 ends', 'train ends']);
  });

  it('ends between two batches when it is aborted, with the reason, and tells the callbacks', async () => {
    const model = classifier();
    const controller = new AbortController();
    let ended = false;
    const callbacks: CallbackFunctions = {
      onBatchEnd: batch => batch === 1 && controller.abort(new Error('enough')),
      onTrainEnd: () => {
        ended = true;
      },
    } as CallbackFunctions;
    await expect(model.fit(x, labels, { batchSize: 5, signal: controller.signal, callbacks })).rejects.toThrow('enough');
    expect([ended, model.optimizer.iterations]).toEqual([true, 2]);
  });

  it('lets a subclass train in a way of its own through the halves of a step', async () => {
    const model = classifier();
    const plain = classifier();
    // Two half batches, their gradients weighed by what they counted, are one whole batch.
    model.trainStep = async (batch): Promise<Logs> => {
      const half = (part: number): Batch => ({
        x: hostArray((batch.x as typeof x).data.slice(45 * part, 45 * (part + 1)) as Float32Array, [15, 3]),
        y: hostArray((batch.y as typeof labels).data.slice(15 * part, 15 * (part + 1)) as Int32Array),
      });
      const steps = [model.computeGradients(half(0)), model.computeGradients(half(1))];
      tidy(() => {
        const counts = steps.map(step => step.count.dataSync()[0] as number);
        const total = counts.reduce((sum, count) => sum + count, 0);
        const merged = (steps[0]?.gradients ?? []).map((_, index) =>
          steps.map((step, part) => mulBy(step.gradients[index] as Tensor, (counts[part] as number) / total)).reduce(addUp),
        );
        model.applyGradients(merged);
      });
      return {};
    };
    await model.fit(x, labels, { batchSize: 30 });
    await plain.fit(x, labels, { batchSize: 30 });
    for (const [index, values] of weightsOf(model).entries())
      for (const [place, value] of values.entries()) expect(value).toBeCloseTo(weightsOf(plain)[index]?.[place] as number, 5);
  });

  it('leaves the number of tensors as it was, whatever fails', async () => {
    const model = classifier();
    await model.fit(x, labels);
    const before = memory().numTensors;
    await expect(model.fit(x, hostArray(new Int32Array(30).fill(9)))).rejects.toThrow(DataError);
    expect(memory().numTensors).toBe(before);
  });

  it.each<[string, () => Promise<unknown>, Error]>([
    [
      'an unknown option',
      () => classifier().fit(x, labels, { epoch: 3 } as never),
      new ConfigError('fit: there is no option "epoch"; did you mean "epochs"?'),
    ],
    ['no epochs', () => classifier().fit(x, labels, { epochs: 0 }), new ConfigError('fit: epochs must be a positive integer; got 0')],
    [
      'an unknown option of fitDataset',
      () => classifier().fitDataset({ async *[Symbol.asyncIterator]() {} }, { epoch: 3 } as never),
      new ConfigError('fit: there is no option "epoch" for data that come in batches; did you mean "epochs"?'),
    ],
    [
      'one option twice',
      () => classifier().fit(x, labels, { stepsPerEpoch: 1, batchesPerEpoch: 1 }),
      new ConfigError('fit: stepsPerEpoch and batchesPerEpoch are one option; give the first one'),
    ],
    [
      'a verbosity that there is not',
      () => classifier().fit(x, labels, { verbose: 3 as never }),
      new ConfigError('fit: verbose must be 0 (silent), 1 (a progress bar) or 2 (plain lines); got 3'),
    ],
    ['no targets', () => classifier().fit(x), new DataError('fit: targets are missing: fit(x, y, options)')],
    [
      'a label out of range',
      () => classifier().fit(x, hostArray(Int32Array.from({ length: 30 }, (_, i) => (i === 3 ? 12 : 0))), { shuffle: false }),
      new DataError('label 12 in row 3 is out of range: the model has 2 classes, numbered 0 to 1'),
    ],
    [
      'inputs of another shape',
      () => classifier().fit(hostArray(new Float32Array(60), [30, 2]), labels),
      new ShapeError('the model "classifier" reads x of shape [null, 3]; got [30, 2]'),
    ],
    [
      'unequal numbers of samples',
      () => classifier().fit(x, hostArray(new Int32Array(7))),
      new DataError('x has 30 samples, y 7: both must have as many'),
    ],
    [
      'a weight for a class that no sample has',
      () => classifier().fit(x, labels, { classWeight: { 4: 2 } }),
      new DataError('classWeight names class 4, which no sample has; the targets have 0, 1'),
    ],
    [
      'class weights for class numbers at every step',
      () => classifier().fit(x, hostArray(new Int32Array(60).fill(3), [30, 2]), { classWeight: { 0: 2 } }),
      new DataError('classWeight needs targets of one class a sample: class numbers, or one-hot rows; got 3 in row 0. Use sampleWeight'),
    ],
    [
      'two kinds of validation data',
      () => classifier().fit(x, labels, { validationSplit: 0.5, validationData: [x, labels] }),
      new ConfigError('fit: give validationSplit or validationData, not both'),
    ],
    [
      'weights of classes for targets at every step',
      () => classifier().fit(x, hostArray(new Float32Array(120), [30, 2, 2]), { classWeight: { 0: 2 } }),
      new DataError('classWeight needs targets of one class a sample, [samples] or [samples, classes]; got [30, 2, 2]. Use sampleWeight'),
    ],
    [
      'a sample weight that is not a number',
      () => classifier().fit(x, labels, { sampleWeight: hostArray(new Float32Array(30).fill(Number.NaN)), shuffle: false }),
      new DataError('sampleWeight NaN at 0 is not a finite number'),
    ],
    [
      'a validation split that leaves nothing to train on',
      () => classifier().fit(x, labels, { validationSplit: 0.999 }),
      new DataError('fit: validationSplit 0.999 of 30 samples leaves none for training'),
    ],
    [
      'validation data without samples',
      () => classifier().fit(x, labels, { validationData: [hostArray(new Float32Array(0), [0, 3]), hostArray(new Int32Array(0))] }),
      new DataError('there is nothing to evaluate: the data gave no batch'),
    ],
    [
      'validation data that never end',
      () => classifier().fit(x, labels, { validationData: { steps: Number.POSITIVE_INFINITY, samples: null, batches: () => [] } }),
      new ConfigError('the data to evaluate never end: take(batches) some of them, or do not repeat them'),
    ],
    [
      'validation batches of a wrong size',
      () => classifier().fit(x, labels, { validationSplit: 0.5, validationBatchSize: -3 }),
      new ConfigError('fit: validationBatchSize must be a positive integer; got -3'),
    ],
    [
      'a wrong shuffle',
      () => classifier().fit(x, labels, { shuffle: 'batch' as never }),
      new ConfigError('fit: shuffle must be true or false; got "batch"'),
    ],
    ['a wrong seed', () => classifier().fit(x, labels, { seed: 'a' as never }), new ConfigError('fit: seed must be an integer; got "a"')],
    [
      'a signal that is none',
      () => classifier().fit(x, labels, { signal: 3 as never }),
      new ConfigError('fit: signal must be an AbortSignal, as new AbortController() has one; got 3'),
    ],
    [
      'a callback that is none',
      () => classifier().fit(x, labels, { callbacks: 3 as never }),
      new ConfigError(
        'a callback must be an object of functions, onTrainBegin, onTrainEnd, onEpochBegin, onEpochEnd …, or of a class that extends Callback; got 3',
      ),
    ],
    [
      'a callback of a class whose hooks would not be found',
      () =>
        classifier().fit(x, labels, {
          callbacks: new (class Mine {
            onEpochEnd(): void {}
          })(),
        }),
      new ConfigError(
        'a callback must be an object of functions, onTrainBegin, onTrainEnd, onEpochBegin, onEpochEnd …, or of a class that extends Callback; got {}',
      ),
    ],
    [
      'a hook that there is not',
      () => classifier().fit(x, labels, { callbacks: { onEpochEnds: () => {} } as never }),
      new ConfigError('there is no callback hook "onEpochEnds"; did you mean "onEpochEnd"?'),
    ],
  ])('rejects %s', async (_, run, error) => {
    await expect(run()).rejects.toThrow(error);
  });

  it('refuses a second fit while one runs, and takes one after it', async () => {
    const model = classifier();
    const first = model.fit(x, labels, { epochs: 2 });
    await expect(model.fit(x, labels)).rejects.toThrow(`fit: the model "${model.name}" is being trained; await that fit before the next`);
    expect((await first).epoch).toHaveLength(2);
    await model.fit(x, labels);
    expect(model.optimizer.iterations).toBe(3);
  });

  it('ends before a weight changes when the loss is not a number, naming where', async () => {
    const model = classifier();
    const before = weightsOf(model);
    const spoiled = hostArray(
      Float32Array.from(x.data as Float32Array, (value, i) => (i === 5 ? Number.NaN : value)),
      [30, 3],
    );
    await expect(model.fit(spoiled, labels)).rejects.toThrow(
      'the loss is NaN at step 0: the inputs hold NaN or infinite numbers. Take them out, or put numbers in their place',
    );
    expect(weightsOf(model)).toEqual(before);
  });

  it('leaves moving averages as they were, too, when a batch is refused', async () => {
    const model = classifier('batchNormalization');
    const before = weightsOf(model);
    await expect(model.fit(x, hostArray(new Int32Array(30).fill(7)))).rejects.toThrow('label 7');
    expect(weightsOf(model)).toEqual(before);
    await expect(model.fit(hostArray(new Float32Array(90).fill(Number.NaN), [30, 3]), labels)).rejects.toThrow('the loss is NaN');
    expect(weightsOf(model)).toEqual(before);
  });

  it.each([
    [{ x, y: labels, sample_weight: labels }, 'a part named "sample_weight"'],
    [[x, labels], '[{"data"'],
  ])('refuses batches of another form', async (batch, got) => {
    const dataset = {
      async *[Symbol.asyncIterator]() {
        yield batch;
      },
    } as unknown as BatchDataset;
    await expect(classifier().fit(dataset)).rejects.toThrow(
      `a data set to train on or to evaluate gives batches { x, y } or { x, y, sampleWeight }; got ${got}`,
    );
  });

  it('wants batches of arrays to have a size, and no options that there are not', () => {
    expect(() => arrayBatches({ x: [x], batchSize: 0 })).toThrow(
      new ConfigError('arrayBatches: batchSize must be a positive integer; got 0'),
    );
    expect(() => arrayBatches({ x: [x], batchSize: 3, suffle: true } as never)).toThrow(
      'there is no option "suffle"; did you mean "shuffle"?',
    );
  });

  it('meets the same batches again in a data set that the run before left within an epoch', async () => {
    const dataset = Dataset.fromArrays({ x, y: labels }).shuffle({ seed: 1 }).batch(5);
    const losses = async (): Promise<number[]> => {
      setRandomSeed(1);
      const seen: number[] = [];
      await classifier().fit(dataset, { stepsPerEpoch: 2, callbacks: { onBatchEnd: (_, logs) => void seen.push(logs.loss as number) } });
      return seen;
    };
    expect(await losses()).toEqual(await losses());
  });

  it('holds out as many samples as Keras does', async () => {
    // floor(30 · (1 − 0.15)) = 25 of 30 are trained on, one a step.
    let steps = 0;
    await classifier().fit(x, labels, { validationSplit: 0.15, batchSize: 1, callbacks: { onBatchEnd: () => void steps++ } });
    expect(steps).toBe(25);
  });

  it('is ended by a signal also while it validates', async () => {
    const source = arrayBatches({ x: [x], y: [labels], batchSize: 30 });
    const validationData = {
      steps: null,
      samples: null,
      *batches(): Generator<Batch> {
        for (;;) yield* source.batches(0) as Iterable<Batch>;
      },
    };
    const stop = new AbortController();
    setTimeout(() => stop.abort(new Error('stopped')), 20);
    await expect(classifier().fit(x, labels, { validationData, signal: stop.signal })).rejects.toThrow('stopped');
  });

  it('wants a model to be compiled', () => {
    const model = sequential({ name: 'raw', layers: [dense({ units: 1, inputShape: [3] })] });
    expect(() => model.fit(x, labels)).toThrow(
      new ConfigError("the model \"raw\" has to be compiled first: model.compile({ optimizer: 'adam', loss: '…' })"),
    );
  });
});

const mulBy = (tensor: Tensor, factor: number): Tensor => mul(tensor, factor);
const addUp = (a: Tensor, b: Tensor): Tensor => add(a, b);
