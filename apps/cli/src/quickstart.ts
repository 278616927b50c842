import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Batch, HostArray } from '@jogak/ops';
import { hostArray, sliceRows } from '@jogak/ops';
import { classProbabilities } from './model/class-probabilities.js';
import { openTrained } from './model/open-model.js';
import { reportError } from './output/errors.js';
import { formatProbability } from './output/format.js';
import { sideBySide } from './output/side-by-side.js';
import { print, terminalColumns } from './output/terminal.js';
import { terminalImage } from './output/terminal-image.js';
import type { Project } from './training/project.js';
import { textReporter } from './training/reporter.js';
import { settle } from './training/settings.js';
import { runTraining } from './training/train.js';

const out = join('runs', 'quickstart');

/** How many images are shown, each of another class. */
const shown = 6;

/** Trains on the embedded images, shows what the network makes of some that it has not seen, and says what to try next. */
async function quickstart(): Promise<number> {
  print('A convolutional network learns to tell ten kinds of clothing apart, from 6,000\nimages of Fashion-MNIST.\n');
  await rm(out, { recursive: true, force: true });
  const { settings, project } = await settle({ recipe: 'fashion-cnn', sample: true, epochs: 2, out });
  const code = await runTraining(settings, project, textReporter());
  if (code !== 0) return code;
  print('\nSome images that it has not trained on:\n');
  for (const line of await classifySome(project, settings)) print(line);
  print(`
  model     ${join(out, 'model.json')}
  figures   ${join(out, 'history.json')}, history.csv
  curves    ${join(out, 'history.svg')}

What to try next:

  accuracy by class   npm run jogak -- evaluate --model ${out} --sample
  an image of yours   npm run jogak -- predict --model ${out} IMAGE.png
  a recurrent network npm run jogak -- train spam-lstm --sample
  all 60,000 images   npm run jogak -- train fashion-cnn
  everything else     npm run jogak -- --help`);
  return 0;
}

/** Images of different classes, each above what it was taken for and what it is. */
async function classifySome(project: Project, { seed, batchSize }: { seed: number; batchSize: number }): Promise<string[]> {
  const { model, use } = await openTrained(out);
  const { validation } = await project.load({ seed, batchSize });
  const found = new Map<number, HostArray>();
  for await (const { x, y } of validation.batches(0) as Iterable<Batch & { x: HostArray; y: HostArray }>) {
    for (let row = 0; row < y.data.length && found.size < shown; row++) {
      const label = Number(y.data[row]);
      if (!found.has(label)) found.set(label, sliceRows(x, row, row + 1));
    }
    if (found.size === shown) break;
  }
  const blocks = [...found].map(([label, x]) => {
    const [best] = classProbabilities(model, x, use.classNames)[0] as [{ class: string; probability: number }];
    const truth = use.classNames[label] as string;
    const pixels = hostArray(
      Uint8Array.from(x.data as Float32Array, value => Math.round(value * 255)),
      x.shape.slice(1),
    );
    return [
      ...terminalImage(pixels, 22),
      `${best.class} ${formatProbability(best.probability)}`,
      best.class === truth ? 'right' : `wrong: it is ${truth}`,
    ];
  });
  return sideBySide(blocks, terminalColumns());
}

try {
  process.exitCode = await quickstart();
} catch (error) {
  reportError(error, { json: false });
  process.exitCode = 1;
}
