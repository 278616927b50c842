import type { Layer, LayerNode, SymbolicTensor } from '@jogak/layers';

/**
 * The layers of a graph in Keras' order, which is that of the weights in files: those farthest from the outputs first, and of equally
 * far ones that which comes first on the way back from the outputs.
 *
 * @param nodes the calls, each behind those it needs
 */
export function inKerasOrder(nodes: readonly LayerNode[], outputs: readonly SymbolicTensor[]): Layer[] {
  const depths = new Map<Layer, number>();
  const nodeDepths = new Map<LayerNode, number>();
  for (const node of [...nodes].reverse()) {
    const depth = Math.max(nodeDepths.get(node) ?? 0, depths.get(node.layer) ?? 0);
    depths.set(node.layer, depth);
    for (const { node: before } of node.inputs) nodeDepths.set(before, Math.max(nodeDepths.get(before) ?? 0, depth + 1));
  }
  const places = new Map<Layer, number>();
  const seen = new Set<LayerNode>();
  const visit = (node: LayerNode): void => {
    if (seen.has(node)) return;
    seen.add(node);
    if (!places.has(node.layer)) places.set(node.layer, places.size);
    for (const symbol of node.inputs) visit(symbol.node);
  };
  for (const symbol of outputs) visit(symbol.node);
  const placeOf = (layer: Layer): number => places.get(layer) ?? -1;
  return [...depths.keys()].sort((a, b) => (depths.get(b) as number) - (depths.get(a) as number) || placeOf(a) - placeOf(b));
}
