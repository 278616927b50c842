import { ConfigError, options } from '@jogak/ops';
import { Activation } from './activations/activation.js';
import type { Serialized } from './base/configurable.js';
import { InputLayer } from './base/input-layer.js';
import type { Layer, Revive } from './base/layer.js';
import { Conv1D } from './convolution/conv1d.js';
import { Conv2D } from './convolution/conv2d.js';
import { Dense } from './core/dense.js';
import { Embedding } from './core/embedding.js';
import { Masking } from './core/masking.js';
import { AveragePooling1D } from './pooling/average-pooling1d.js';
import { AveragePooling2D } from './pooling/average-pooling2d.js';
import { MaxPooling1D } from './pooling/max-pooling1d.js';
import { MaxPooling2D } from './pooling/max-pooling2d.js';
import { GRU } from './recurrent/gru.js';
import { GRUCell } from './recurrent/gru-cell.js';
import { LSTM } from './recurrent/lstm.js';
import { LSTMCell } from './recurrent/lstm-cell.js';
import { RNN } from './recurrent/rnn.js';
import { SimpleRNN } from './recurrent/simple-rnn.js';
import { SimpleRNNCell } from './recurrent/simple-rnn-cell.js';
import { StackedRNNCells } from './recurrent/stacked-rnn-cells.js';
import { Dropout } from './regularization/dropout.js';
import { Flatten } from './reshaping/flatten.js';

/** A layer class as files know it. */
export interface LayerClass {
  readonly className: string;
  fromConfig(config: Serialized['config'], revive: Revive): Layer;
}

const builtIn: readonly LayerClass[] = [
  InputLayer,
  Activation,
  AveragePooling1D,
  AveragePooling2D,
  Conv1D,
  Conv2D,
  Dense,
  Dropout,
  Flatten,
  MaxPooling1D,
  MaxPooling2D,
  Embedding,
  GRU,
  GRUCell,
  LSTM,
  LSTMCell,
  Masking,
  RNN,
  SimpleRNN,
  SimpleRNNCell,
  StackedRNNCells,
] as unknown as readonly LayerClass[];

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
