import type { DataType } from '@jogak/ops';
import type { LayerNode } from './layer-node.js';
import type { Shape } from './shape.js';

/** A tensor that is not computed yet: what layers are joined with when a model is put together. */
export class SymbolicTensor {
  readonly name: string;

  /**
   * @param node the call of a layer that gives this tensor
   * @param index which of that call's outputs it is
   */
  constructor(
    readonly shape: Shape,
    readonly dtype: DataType,
    readonly node: LayerNode,
    readonly index: number,
  ) {
    this.name = `${node.layer.name}/${node.position}:${index}`;
  }

  /** Number of axes, with the batch. */
  get rank(): number {
    return this.shape.length;
  }
}
