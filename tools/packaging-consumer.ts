// The files of a project of someone who installs the packages.

/** What the front page promises: two packages, ten lines. */
const tenLines = `import { dense } from '@jogak/layers';
import { sequential } from '@jogak/models';

const x = Array.from({ length: 64 }, (_, i) => [i / 32 - 1]);
const y = x.map(([value = 0]) => [3 * value - 1]);
const model = sequential({ layers: [dense({ units: 1, inputShape: [1] })] });
model.compile({ optimizer: 'sgd', loss: 'meanSquaredError' });
const { history } = await model.fit(x, y, { epochs: 50 });
const [first = 0] = history.loss ?? [];
console.log(JSON.stringify([first, history.loss?.at(-1)]));
`;

/** Trains what has to survive a bundler: gradients, our cpu kernels, the recurrent ops, the optimizers' update and the chained methods. */
const program = `import * as tf from 'jogak';

export interface Outcome {
  /** Loss of the first epoch and of the last one. */
  readonly convolution: readonly (number | undefined)[];
  readonly recurrent: readonly (number | undefined)[];
  /** Fused kernels that are missing. */
  readonly missing: readonly string[];
}

const ends = (losses: readonly number[] = []): (number | undefined)[] => [losses[0], losses.at(-1)];

async function convolution(): Promise<(number | undefined)[]> {
  const x = tf.randomUniform([96, 8, 8, 1], 0, 1, 'float32', 7);
  const y: tf.Tensor = x.slice([0, 0, 0, 0], [96, 4, 8, 1]).mean([1, 2]).greater(0.5).toFloat();
  const model = tf.sequential();
  model.add(tf.layers.conv2d({ inputShape: [8, 8, 1], filters: 4, kernelSize: 3, padding: 'same', activation: 'relu' }));
  model.add(tf.layers.maxPooling2d({ poolSize: 2 }));
  model.add(tf.layers.flatten());
  model.add(tf.layers.dense({ units: 1, activation: 'sigmoid' }));
  model.compile({ optimizer: tf.train.adam(0.02), loss: 'binaryCrossentropy', metrics: ['accuracy'] });
  const { history } = await model.fit(x, y, { epochs: 10 });
  return ends(history.loss);
}

async function recurrent(): Promise<(number | undefined)[]> {
  const { embedding, lstm, dense } = tf.layers;
  const ids = tf.randomUniform([96, 6], 0, 12, 'int32', 3);
  const y = ids.less(6).toFloat().sum(1, true).greater(3).toFloat();
  const model = tf.sequential({
    layers: [embedding({ inputDim: 12, outputDim: 4, inputLength: 6 }), lstm({ units: 4 }), dense({ units: 1, activation: 'sigmoid' })],
  });
  model.compile({ optimizer: tf.train.adam(0.05), loss: tf.losses.binaryCrossentropy() });
  const { history } = await model.fit(ids, y, { epochs: 10 });
  return ends(history.loss);
}

export async function train(): Promise<Outcome> {
  tf.setRandomSeed(1);
  const kernels = ['JogakSimpleRnn', 'JogakLstm', 'JogakLstmGrad', 'JogakGru', 'JogakOptimizerUpdate'];
  return { convolution: await convolution(), recurrent: await recurrent(), missing: kernels.filter(name => !tf.hasKernel(name)) };
}
`;

const node = `import { train } from './program.js';

console.log(JSON.stringify(await train()));
`;

/** Tells the page's title what came of it, for the test to read. */
const page = `import { train } from './program.js';

train().then(
  outcome => (document.title = JSON.stringify(outcome)),
  error => (document.title = JSON.stringify({ error: String(error) })),
);
`;

const html = (script: string): string => `<!doctype html><title></title><script type="module" src="${script}"></script>`;

/** A strict tsconfig, of a library's author or of an application's. */
const tsconfig = (module: string, moduleResolution: string): string =>
  JSON.stringify({
    compilerOptions: {
      ...{ module, moduleResolution, target: 'ES2022', lib: ['ES2023', 'DOM'], types: [], outDir: 'compiled' },
      ...{ strict: true, noUncheckedIndexedAccess: true, exactOptionalPropertyTypes: true, skipLibCheck: true },
    },
    include: ['*.ts'],
  });

/** Name and content of each file. */
export const consumerFiles: Readonly<Record<string, string>> = {
  'package.json': JSON.stringify({ name: 'consumer', private: true, type: 'module' }),
  'ten-lines.ts': tenLines,
  'program.ts': program,
  'node.ts': node,
  'page.ts': page,
  'index.html': html('/page.ts'),
  'esbuild.html': html('/esbuild.js'),
  'tsconfig.node.json': tsconfig('NodeNext', 'NodeNext'),
  'tsconfig.bundler.json': tsconfig('ESNext', 'bundler'),
};
