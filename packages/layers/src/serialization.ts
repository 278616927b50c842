import { ConfigError, options } from '@jogak/ops';
import { Activation } from './activations/activation.js';
import { ELU } from './activations/elu.js';
import { LeakyReLU } from './activations/leaky-relu.js';
import { PReLU } from './activations/prelu.js';
import { ReLU } from './activations/relu.js';
import { Softmax } from './activations/softmax.js';
import type { Serialized } from './base/configurable.js';
import { InputLayer } from './base/input-layer.js';
import type { Layer, Revive } from './base/layer.js';
import { Conv1D } from './convolution/conv1d.js';
import { Conv2D } from './convolution/conv2d.js';
import { Dense } from './core/dense.js';
import { Embedding } from './core/embedding.js';
import { Lambda } from './core/lambda.js';
import { Masking } from './core/masking.js';
import { Add } from './merging/add.js';
import { Average } from './merging/average.js';
import { Concatenate } from './merging/concatenate.js';
import { Maximum } from './merging/maximum.js';
import { Minimum } from './merging/minimum.js';
import { Multiply } from './merging/multiply.js';
import { Subtract } from './merging/subtract.js';
import { BatchNormalization } from './normalization/batch-normalization.js';
import { LayerNormalization } from './normalization/layer-normalization.js';
import { AveragePooling1D } from './pooling/average-pooling1d.js';
import { AveragePooling2D } from './pooling/average-pooling2d.js';
import { GlobalAveragePooling1D } from './pooling/global-average-pooling1d.js';
import { GlobalAveragePooling2D } from './pooling/global-average-pooling2d.js';
import { GlobalMaxPooling1D } from './pooling/global-max-pooling1d.js';
import { GlobalMaxPooling2D } from './pooling/global-max-pooling2d.js';
import { MaxPooling1D } from './pooling/max-pooling1d.js';
import { MaxPooling2D } from './pooling/max-pooling2d.js';
import { Rescaling } from './preprocessing/rescaling.js';
import { GRU } from './recurrent/gru.js';
import { GRUCell } from './recurrent/gru-cell.js';
import { LSTM } from './recurrent/lstm.js';
import { LSTMCell } from './recurrent/lstm-cell.js';
import { RNN } from './recurrent/rnn.js';
import { SimpleRNN } from './recurrent/simple-rnn.js';
import { SimpleRNNCell } from './recurrent/simple-rnn-cell.js';
import { StackedRNNCells } from './recurrent/stacked-rnn-cells.js';
import { Dropout } from './regularization/dropout.js';
import { SpatialDropout1D } from './regularization/spatial-dropout1d.js';
import { Flatten } from './reshaping/flatten.js';
import { Permute } from './reshaping/permute.js';
import { RepeatVector } from './reshaping/repeat-vector.js';
import { Reshape } from './reshaping/reshape.js';
import { Bidirectional } from './wrappers/bidirectional.js';
import { TimeDistributed } from './wrappers/time-distributed.js';

/** A layer class as files know it. */
export interface LayerClass {
  readonly className: string;
  fromConfig(config: Serialized['config'], revive: Revive): Layer;
}

const builtIn: readonly LayerClass[] = [
  InputLayer,
  Activation,
  Add,
  Average,
  AveragePooling1D,
  AveragePooling2D,
  BatchNormalization,
  Bidirectional,
  Concatenate,
  Conv1D,
  Conv2D,
  Dense,
  Dropout,
  ELU,
  Embedding,
  Flatten,
  GlobalAveragePooling1D,
  GlobalAveragePooling2D,
  GlobalMaxPooling1D,
  GlobalMaxPooling2D,
  GRU,
  GRUCell,
  Lambda,
  LayerNormalization,
  LeakyReLU,
  LSTM,
  LSTMCell,
  Masking,
  Maximum,
  MaxPooling1D,
  MaxPooling2D,
  Minimum,
  Multiply,
  Permute,
  PReLU,
  ReLU,
  RepeatVector,
  Rescaling,
  Reshape,
  RNN,
  SimpleRNN,
  SimpleRNNCell,
  Softmax,
  SpatialDropout1D,
  StackedRNNCells,
  Subtract,
  TimeDistributed,
] as unknown as readonly LayerClass[];

/** Whether a layer is of a class of this package: not of one that a user derived from it. */
export const isOfBuiltInClass = (layer: Layer): boolean => (builtIn as readonly unknown[]).includes(layer.constructor);

const registered = new Map<string, LayerClass>();

/** Makes a layer class of one's own known to files by its `className`; a later one of the same name replaces an earlier one. */
export function registerLayer(type: LayerClass): void {
  registered.set(type.className, type);
}

/**
 * Makes a layer of its class name and config.
 *
 * @param customObjects classes by name, for this call alone, before those that are registered
 * @throws {ConfigError} when no class has the name
 */
export function deserializeLayer(serialized: Serialized, customObjects: Readonly<Record<string, LayerClass>> = {}): Layer {
  const { className, config } = serialized;
  const type = customObjects[className] ?? registered.get(className) ?? builtIn.find(candidate => candidate.className === className);
  if (!type) {
    const known = [...Object.keys(customObjects), ...registered.keys(), ...builtIn.map(candidate => candidate.className)];
    throw new ConfigError(
      `there is no layer class "${className}"${options.suggestion(className, known)}. A class of your own is made known by registerLayer`,
    );
  }
  return type.fromConfig(config, inner => deserializeLayer(inner, customObjects));
}
