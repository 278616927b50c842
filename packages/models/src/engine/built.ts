import type { Layer } from '@jogak/layers';

/** Whether a layer or model, and all that it holds, has its weights. */
export function isBuilt(layer: Pick<Layer, 'built' | 'sublayers'>): boolean {
  return layer.built && layer.sublayers().every(isBuilt);
}
