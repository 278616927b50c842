import { ConfigError, type DataType, type Json, options as optionKinds, type Tensor } from '@jogak/ops';
import { Layer, type LayerOptions } from './layer.js';
import type { Shape } from './shape.js';
import type { SymbolicTensor } from './symbolic-tensor.js';

/** Options of {@link input}. */
export interface InputOptions {
  /** Shape of one sample: `[28, 28, 1]`; null for a size that varies. Give this or `batchShape`. */
  shape?: Shape;
  /** Shape of a batch: `[null, 28, 28, 1]`. */
  batchShape?: Shape;
  /** @default 'float32' */
  dtype?: DataType;
  /** @default 'input_layer', numbered */
  name?: string;
}

/** Where a model's data come in. It passes them on as they are and has no weights. */
export class InputLayer extends Layer {
  static override readonly className = 'InputLayer';
  /** What calling {@link input} gives. */
  readonly output: SymbolicTensor;
  override supportsMasking = true;

  constructor(options: LayerOptions) {
    super(options);
    if (!this.batchInputShape) throw new ConfigError(`inputLayer "${this.name}" needs a shape: inputShape, or batchInputShape`);
    this.built = true;
    this.output = this.addNode([], [this.batchInputShape], this.inputDType, false) as SymbolicTensor;
  }

  override call(inputs: Tensor): Tensor {
    return inputs;
  }

  override getConfig(): Record<string, Json> {
    return { name: this.name, dtype: this.inputDType, batchInputShape: [...(this.batchInputShape as Shape)] };
  }

  static override fromConfig(config: Readonly<Record<string, Json>>): InputLayer {
    const { name, dtype, batchInputShape, batchShape, inputDType } = config as {
      name?: string;
      dtype?: DataType;
      inputDType?: DataType;
      batchInputShape?: Shape;
      batchShape?: Shape;
    };
    const shape = batchInputShape ?? batchShape;
    return new InputLayer({
      ...(name ? { name } : {}),
      ...(shape ? { batchInputShape: shape } : {}),
      inputDType: inputDType ?? dtype ?? 'float32',
    });
  }
}

const inputOptions = ['shape', 'batchShape', 'dtype', 'name'];

/**
 * The symbolic tensor that a functional model begins with.
 *
 * @throws {ConfigError} when neither `shape` nor `batchShape` is given, or both are, or for an option that there is not
 * @see https://keras.io/api/layers/core_layers/input/
 */
export function input(options: InputOptions): SymbolicTensor {
  optionKinds.requireObject(options, 'input');
  const unknown = Object.keys(options).find(key => !inputOptions.includes(key));
  if (unknown !== undefined)
    throw new ConfigError(`input: there is no option "${unknown}"${optionKinds.suggestion(unknown, inputOptions)}`);
  const { shape, batchShape, dtype, name } = options;
  const given = shape ?? batchShape;
  if (given !== undefined && !Array.isArray(given))
    throw new ConfigError(`input: a shape is a list of sizes and nulls; got ${optionKinds.show(given)}`);
  if ((shape === undefined) === (batchShape === undefined))
    throw new ConfigError('input needs either shape, of one sample, or batchShape; got both or neither');
  const batchInputShape = batchShape ?? [null, ...(shape as Shape)];
  return new InputLayer({ batchInputShape, inputDType: dtype ?? 'float32', ...(name === undefined ? {} : { name }) }).output;
}
