import type { Layer } from './layer.js';
import type { SymbolicTensor } from './symbolic-tensor.js';

/** One call of a layer on symbolic tensors: a node in the graph of a functional model. */
export interface LayerNode {
  readonly layer: Layer;
  /** Which call of the layer it is, from 0: a shared layer has several. */
  readonly position: number;
  readonly inputs: readonly SymbolicTensor[];
  readonly outputs: readonly SymbolicTensor[];
  /** Whether the layer takes a list, even of one. */
  readonly takesList: boolean;
  /** `training` as it was fixed in the call, if it was. */
  readonly training?: boolean;
}
