// Trains the recipe `fashion-cnn` on the embedded sample, off the page's thread.
import { isSimdSupported, ready as simdReady } from '@jogak/backend-simd';
import { getRecipe, type Model, type RecipeData } from '@jogak/models';
import { type Batch, type HostArray, setBackend, setRandomSeed, type Tensor, tidy } from '@jogak/ops';
import { fashionMnistSample } from '@jogak/samples';
import { expose } from 'comlink';
import type { Computing, CurvePoint, Guess, TestImage, TrainingEvent, TrainingSettings, TrainingWorker } from './training-events.js';

const recipe = getRecipe('fashion-cnn');

/** Test images that are shown. */
const shown = 12;

/** Classes that are named for each of them. */
const named = 3;

/** Milliseconds between two points of the curve: more would be drawn faster than anyone sees. */
const pointInterval = 100;

/** Open, or closed until somebody opens it. */
class Gate {
  private opened: Promise<void> | null = null;
  private release: () => void = () => {};

  close(): void {
    this.opened ??= new Promise(resolve => (this.release = resolve));
  }

  open(): void {
    this.release();
    this.opened = null;
  }

  async pass(): Promise<void> {
    await this.opened;
  }
}

const gate = new Gate();
let abort = new AbortController();

/** Starts `simd` where it can start, on all cores if the page is isolated from other origins, and `cpu` elsewhere. */
async function startBackend(): Promise<Computing> {
  if (!isSimdSupported()) {
    await setBackend('cpu');
    return { backend: 'cpu', threads: 1 };
  }
  await setBackend('simd');
  return { backend: 'simd', threads: (await simdReady()).threads };
}

async function train({ epochs, seed, images }: TrainingSettings, tell: (event: TrainingEvent) => void): Promise<'done' | 'stopped'> {
  gate.open();
  abort = new AbortController();
  const { signal } = abort;
  const computing = await startBackend();
  setRandomSeed(seed);
  const data = await recipe.loadData({ seed, source: fashionMnistSample, trainSamples: images });
  const test = await testBatch(data);
  const model = recipe.build();
  const tellGuesses = (): void => tell({ kind: 'guesses', guesses: guess(model, test.x as HostArray, data.classNames) });
  tell({ kind: 'ready', testImages: testImages(test, data.classNames), computing });
  let epoch = 0;
  let lastPoint = 0;
  try {
    await model.fit(data.train, {
      epochs,
      signal,
      validationData: data.validation,
      callbacks: {
        onEpochBegin: current => void (epoch = current),
        onBatchEnd: (step, logs) => {
          if (performance.now() - lastPoint > pointInterval) {
            lastPoint = performance.now();
            tell({ kind: 'point', point: { epoch: epoch + (step + 1) / (data.train.steps as number), training: figures(logs, '') } });
          }
          return gate.pass();
        },
        onEpochEnd: (current, logs) => {
          tell({ kind: 'point', point: { epoch: current + 1, training: figures(logs, ''), validation: figures(logs, 'val_') } });
          tellGuesses();
        },
      },
    });
    return 'done';
  } catch (error) {
    if (!signal.aborted) throw error;
    tellGuesses();
    return 'stopped';
  } finally {
    model.dispose();
  }
}

function figures(logs: { readonly [key: string]: number }, prefix: '' | 'val_'): NonNullable<CurvePoint['training']> {
  return { loss: logs[`${prefix}loss`] as number, accuracy: logs[`${prefix}accuracy`] as number };
}

/** The first test images, prepared as the network reads them, and their classes. */
async function testBatch(data: RecipeData): Promise<Batch> {
  for await (const { x, y } of data.validation.batches(0)) return { x: firstRows(x as HostArray), y: firstRows(y as HostArray) };
  throw new Error('the sample has no test images');
}

function firstRows(array: HostArray): HostArray {
  const [rows = 0, ...shape] = array.shape;
  const size = shape.reduce((product, length) => product * length, 1);
  const count = Math.min(rows, shown);
  return { ...array, data: array.data.slice(0, count * size) as HostArray['data'], shape: [count, ...shape] };
}

function testImages({ x, y }: Batch, classNames: readonly string[]): TestImage[] {
  const { data, shape } = x as HostArray;
  const size = data.length / (shape[0] as number);
  return Array.from((y as HostArray).data as ArrayLike<number>, (label, image) => ({
    pixels: Uint8ClampedArray.from((data as Float32Array).subarray(image * size, (image + 1) * size), value => value * 255),
    label: classNames[label] as string,
  }));
}

function guess(model: Model, x: HostArray, classNames: readonly string[]): Guess[][] {
  const probabilities = tidy(() => (model.predict(x) as Tensor).dataSync());
  const classes = classNames.length;
  return Array.from({ length: x.shape[0] as number }, (_, image) =>
    classNames
      .map((label, index) => ({ label, probability: probabilities[image * classes + index] as number }))
      .sort((a, b) => b.probability - a.probability)
      .slice(0, named),
  );
}

expose({
  train,
  pause: () => gate.close(),
  resume: () => gate.open(),
  stop: () => {
    abort.abort();
    gate.open();
  },
} satisfies TrainingWorker);
