// What the recipe pages show, read from the recipes themselves when the site is built.
import { existsSync, readFileSync } from 'node:fs';
import type { Layer, Shape } from '@jogak/layers';
import { type Recipe, recipes } from '@jogak/models';

/** A layer as the diagram shows it. */
export interface LayerFacts {
  readonly className: string;
  readonly detail: string;
  readonly outputShape: Shape;
  readonly parameters: number;
}

/** A run whose curves stand on a recipe's page. */
export interface RecordedRun {
  /** How it was made. */
  readonly command: string;
  readonly machine: string;
  readonly date: string;
  /** What was trained on, in words. */
  readonly data: string;
  readonly history: { readonly [figure in 'loss' | 'accuracy' | 'val_loss' | 'val_accuracy']: readonly number[] };
}

export interface RecipeFacts {
  readonly title: string;
  readonly dataset: string;
  readonly sample: boolean;
  readonly epochs: number;
  readonly batchSize: number;
  readonly parameters: number;
  readonly optimizer: string;
  readonly loss: string;
  readonly inputShape: Shape;
  readonly layers: readonly LayerFacts[];
  /** What the recipe trains on without a sample, in words. */
  readonly fullData: string;
  /** The run beside `curves/<name>.svg`; null where there is none. */
  readonly run: RecordedRun | null;
}

const curves = new URL('../../../recipes/curves/', import.meta.url);

const fullData = { 'fashion-mnist': '48,000 images', imdb: '20,000 reviews', spam: '3,200 mails' };

const dataSets = { 'fashion-mnist': 'Fashion-MNIST', imdb: 'IMDB', spam: 'the embedded mails' };

/** What of a layer's settings a reader wants to know, in words. */
function layerDetail(layer: Layer): string {
  const { filters, kernelSize, poolSize, inputDim, outputDim, units, rate, activation } = layer.getConfig() as Record<string, unknown>;
  const words = [
    filters && `${filters} kernels`,
    kernelSize && (kernelSize as number[]).join('×'),
    poolSize && (poolSize as number[]).join('×'),
    inputDim && `${inputDim} words in ${outputDim} dimensions`,
    units && `${units} ${layer.getClassName() === 'Dense' ? (units === 1 ? 'unit' : 'units') : 'cells'}`,
    rate && `rate ${rate}`,
    activation,
  ];
  return words.filter(Boolean).join(', ');
}

function recordedRun(name: string): RecordedRun | null {
  const file = new URL(`${name}.json`, curves);
  return existsSync(file) && existsSync(new URL(`${name}.svg`, curves)) ? JSON.parse(readFileSync(file, 'utf8')) : null;
}

function facts(recipe: Recipe): RecipeFacts {
  const model = recipe.build();
  const inputShape = model.inputShapes[0] as Shape;
  let shape = inputShape;
  const layers = model.layers.map(layer => {
    shape = layer.computeOutputShape(shape) as Shape;
    return { className: layer.getClassName(), detail: layerDetail(layer), outputShape: shape.slice(1), parameters: layer.countParams() };
  });
  const { name, learningRate } = model.optimizer.getConfig();
  const { title, epochs, batchSize, parameters } = recipe;
  const facts = {
    title,
    dataset: dataSets[recipe.dataset],
    sample: recipe.sample !== null,
    epochs,
    batchSize,
    parameters,
    optimizer: `${name}, learning rate ${learningRate}`,
    loss: String(model.compileOptions?.loss),
    inputShape: inputShape.slice(1),
    layers,
    fullData: fullData[recipe.dataset],
    run: recordedRun(recipe.name),
  };
  model.dispose();
  return facts;
}

declare const data: { readonly [recipe: string]: RecipeFacts };

export { data };

export default {
  watch: ['../../../recipes/curves/*.json'],
  load: (): typeof data => Object.fromEntries(recipes.map(recipe => [recipe.name, facts(recipe)])),
};
