import { checkNumbers, DataError, embeddingLookup, notEqual, type Option, options, type Parameter, type Tensor } from '@jogak/ops';
import type { Mask } from '../base/call-context.js';
import { detached } from '../base/detached.js';
import { Layer, type LayerOptions, type LayerTable } from '../base/layer.js';
import type { Shape } from '../base/shape.js';
import { type ConstraintLike, constraintTable } from '../constraints/index.js';
import { type InitializerLike, initializerTable } from '../initializers/index.js';
import { type RegularizerLike, regularizerTable } from '../regularizers/index.js';

/** Options of {@link embedding}. */
export interface EmbeddingOptions extends LayerOptions {
  /** Size of the vocabulary: the largest id, plus one. */
  inputDim: number;
  /** Length of the vectors. */
  outputDim: number;
  /** @default 'uniform': between -0.05 and 0.05 */
  embeddingsInitializer?: InitializerLike;
  /** @default null */
  embeddingsRegularizer?: RegularizerLike | null;
  /** Penalty on the output. @default null */
  activityRegularizer?: RegularizerLike | null;
  /** @default null */
  embeddingsConstraint?: ConstraintLike | null;
  /** Whether id 0 is padding, which the layers after this one pass over. @default false */
  maskZero?: boolean;
  /** Number of ids in a sample, or the sizes of several axes, null where they vary: for the first layer of a model. @default null: one axis, of any size */
  inputLength?: number | readonly (number | null)[] | null;
}

const inputLengthOption: Option<readonly (number | null)[] | null> = {
  required: false,
  default: null,
  parse: value => {
    if (value === null) return null;
    const list = Array.isArray(value) ? (value as unknown[]) : [value];
    const good = (size: unknown): size is number | null => size === null || (Number.isInteger(size) && (size as number) > 0);
    if (!list.every(good)) throw new options.Expected('a positive integer, or a list of them and nulls');
    return list;
  },
  serialize: value => value,
};

/**
 * A vector for every id: row `id` of the embeddings.
 *
 * Input `[batch, …]`, ids as int32 or float32; output `[batch, …, outputDim]`. Weight: `embeddings [inputDim, outputDim]`.
 * With `maskZero`, a mask of the input's shape, true where the id is not 0.
 *
 * @throws {DataError} when an id is not a whole number from 0 to below `inputDim`
 * @see https://keras.io/api/layers/core_layers/embedding/
 */
export class Embedding extends Layer<EmbeddingOptions> {
  static override readonly className = 'Embedding';
  static override readonly options: LayerTable<EmbeddingOptions> = {
    inputDim: options.required(options.positiveInteger()),
    outputDim: options.required(options.positiveInteger()),
    embeddingsInitializer: initializerTable.option('uniform'),
    embeddingsRegularizer: regularizerTable.nullableOption(),
    activityRegularizer: regularizerTable.nullableOption(),
    embeddingsConstraint: constraintTable.nullableOption(),
    maskZero: options.boolean(false),
    inputLength: inputLengthOption,
  };
  private embeddings!: Parameter;

  constructor(given: EmbeddingOptions) {
    super(withInputShape(given));
    this.supportsMasking = this.config.maskZero;
  }

  override build(): void {
    const { inputDim, outputDim } = this.config;
    this.embeddings = this.addWeight({ name: 'embeddings', shape: [inputDim, outputDim], like: 'embeddings' });
  }

  override call(ids: Tensor): Tensor {
    this.checkIds(ids);
    return embeddingLookup(this.embeddings.value, ids);
  }

  override computeOutputShape(inputShape: Shape): Shape {
    return [...inputShape, this.config.outputDim];
  }

  override computeMask(ids: Tensor, mask: Mask): Mask | readonly Mask[] {
    return this.config.maskZero ? detached(() => notEqual(ids, 0)) : super.computeMask(ids, mask);
  }

  /** Once a batch and before anything is computed, so that the result is the same on every backend and no weight is touched. */
  private checkIds(ids: Tensor): void {
    const { inputDim } = this.config;
    const { shape } = ids;
    checkNumbers(ids, values => {
      const wrong = indexOfWrong(values, inputDim);
      if (wrong < 0) return;
      const sizes = shape.map((_, axis) => shape.slice(axis + 1).reduce((product, size) => product * size, 1));
      const place = sizes.map((size, axis) => Math.floor(wrong / size) % (shape[axis] as number));
      throw new DataError(
        `${this.describe()}: ids must be whole numbers from 0 to ${inputDim - 1}, because inputDim is ${inputDim}; got ${values[wrong]} at [${place.join(', ')}]`,
      );
    });
  }
}

/** Where the first number is that is no id, −1 where all are ids. (A method that takes a function takes ten times as long.) */
function indexOfWrong(values: ArrayLike<number | bigint>, inputDim: number): number {
  for (let i = 0; i < values.length; i++) {
    const id = Number(values[i]);
    if (!(id >= 0 && id < inputDim && Number.isInteger(id))) return i;
  }
  return -1;
}

/** As the first layer of a model, an embedding knows what it reads without being told: ids along one axis of any size. */
function withInputShape(given: EmbeddingOptions): EmbeddingOptions {
  if (given.inputShape || given.batchInputShape) return given;
  const { inputLength = null } = given;
  const sizes = Array.isArray(inputLength) ? (inputLength as readonly (number | null)[]) : [inputLength as number | null];
  return { ...given, inputShape: sizes };
}

/** An {@link Embedding} layer. */
export const embedding = (given: EmbeddingOptions): Embedding => new Embedding(given);
