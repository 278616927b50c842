import {
  type CallContext,
  deserializeLayer,
  hasOwnMethods,
  InputLayer,
  isShape,
  type Layer,
  type LayerNode,
  type Mask,
  type Revive,
  type Serialized,
  type Shape,
  SymbolicTensor,
} from '@jogak/layers';
import { ConfigError, type Json, type Tensor } from '@jogak/ops';
import { inKerasOrder } from './layer-order.js';
import { type LayerObserver, Model, type ModelOptions } from './model.js';

/** Options of {@link model}. */
export interface FunctionalOptions {
  /** What `input` gave, one or several. */
  inputs: SymbolicTensor | readonly SymbolicTensor[];
  /** What layers gave, one or several. */
  outputs: SymbolicTensor | readonly SymbolicTensor[];
  /** @default 'functional', numbered */
  name?: string;
}

/**
 * A graph of layers, from inputs to outputs; layers may be shared.
 *
 * @see https://keras.io/api/models/model/
 */
export class Functional extends Model {
  static override readonly className: string = 'Functional';
  override supportsMasking = true;
  readonly inputs: readonly SymbolicTensor[];
  readonly outputs: readonly SymbolicTensor[];
  private readonly nodes: readonly LayerNode[];
  private readonly stack: readonly Layer[];
  /** Which call of its layer each node is, within this graph. */
  private readonly places: ReadonlyMap<LayerNode, number>;

  /** @throws {ConfigError} when an output does not depend on the inputs alone, or two layers share a name */
  constructor(options: FunctionalOptions & ModelOptions) {
    const { inputs, outputs, ...rest } = options;
    super(rest);
    this.inputs = list(inputs);
    this.outputs = list(outputs);
    for (const symbol of [...this.inputs, ...this.outputs]) {
      if (!(symbol instanceof SymbolicTensor))
        throw new ConfigError(`model "${this.name}": inputs and outputs must be symbolic tensors, as input() and layers give them`);
    }
    this.nodes = inOrder(this.inputs, this.outputs, this.name);
    this.stack = inKerasOrder(this.nodes, this.outputs);
    const names = new Set<string>();
    for (const layer of this.stack) {
      if (names.has(layer.name)) throw new ConfigError(`model "${this.name}": two layers are named "${layer.name}": names must be unique`);
      names.add(layer.name);
      if (!(layer instanceof InputLayer) && !layer.parent) this.adopt(layer);
    }
    const calls = new Map<Layer, number>();
    this.places = new Map(
      this.nodes.map(node => {
        const place = calls.get(node.layer) ?? 0;
        calls.set(node.layer, place + 1);
        return [node, place];
      }),
    );
    this.built = true;
  }

  /** @internal */
  override get isPlain(): boolean {
    return this.constructor === Functional && !hasOwnMethods(this);
  }

  override get layers(): readonly Layer[] {
    return this.stack;
  }

  override sublayers(): Layer[] {
    return [...this.stack];
  }

  override get graph(): readonly LayerNode[] {
    return this.nodes;
  }

  override get inputNames(): readonly string[] {
    return this.inputs.map(symbol => symbol.node.layer.name);
  }

  override get outputNames(): readonly string[] {
    return this.outputs.map(symbol => symbol.node.layer.name);
  }

  override get inputShapes(): readonly Shape[] {
    return this.inputs.map(symbol => symbol.shape);
  }

  override get inputDTypes(): readonly ('float32' | 'int32' | 'bool')[] {
    return this.inputs.map(symbol => symbol.dtype as 'float32');
  }

  override computeOutputShape(inputShape: Shape | readonly Shape[]): Shape | readonly Shape[] {
    const given = isShape(inputShape) ? [inputShape] : inputShape;
    const shapes = new Map<SymbolicTensor, Shape>(this.inputs.map((symbol, index) => [symbol, given[index] as Shape]));
    for (const node of this.nodes) {
      if (node.inputs.length === 0) continue;
      const inputs = node.inputs.map(symbol => shapes.get(symbol) as Shape);
      const result = node.layer.computeOutputShape(node.takesList ? inputs : (inputs[0] as Shape));
      for (const [index, shape] of (isShape(result) ? [result] : result).entries())
        shapes.set(node.outputs[index] as SymbolicTensor, shape);
    }
    const outputs = this.outputs.map(symbol => shapes.get(symbol) as Shape);
    return outputs.length === 1 ? (outputs[0] as Shape) : outputs;
  }

  override call(inputs: Tensor | Tensor[], context: CallContext): Tensor | Tensor[] {
    const { outputs } = this.forward(Array.isArray(inputs) ? inputs : [inputs], context);
    return outputs.length === 1 ? (outputs[0] as Tensor) : outputs;
  }

  override run(inputs: Tensor | Tensor[], context: CallContext): { outputs: Tensor | Tensor[]; mask: Mask | readonly Mask[] } {
    const { outputs, masks } = this.forward(Array.isArray(inputs) ? inputs : [inputs], context);
    return outputs.length === 1 ? { outputs: outputs[0] as Tensor, mask: masks[0] ?? null } : { outputs, mask: masks };
  }

  override forward(inputs: Tensor[], context: CallContext, observe?: LayerObserver): { outputs: Tensor[]; masks: readonly Mask[] } {
    const given = Array.isArray(context.mask) ? (context.mask as readonly Mask[]) : [context.mask as Mask];
    const tensors = new Map<SymbolicTensor, Tensor>();
    const masks = new Map<SymbolicTensor, Mask>();
    for (const [index, symbol] of this.inputs.entries()) {
      tensors.set(symbol, inputs[index] as Tensor);
      masks.set(symbol, given[index] ?? null);
    }
    for (const node of this.nodes) {
      if (node.inputs.length === 0) continue;
      const x = node.inputs.map(symbol => tensors.get(symbol) as Tensor);
      const mask = node.inputs.map(symbol => masks.get(symbol) ?? null);
      const training = node.training ?? context.training;
      const site = siteOf(context.site ?? '', this.places.get(node) ?? 0);
      const result = node.layer.run(node.takesList ? x : (x[0] as Tensor), {
        ...context,
        training,
        site,
        mask: node.takesList ? mask : (mask[0] as Mask),
      });
      const outputs = list(result.outputs as Tensor | Tensor[]);
      const outputMasks = list(result.mask);
      for (const [index, symbol] of node.outputs.entries()) {
        tensors.set(symbol, outputs[index] as Tensor);
        masks.set(symbol, outputMasks[index] ?? null);
      }
      observe?.(node.layer, result.outputs);
    }
    return {
      outputs: this.outputs.map(symbol => tensors.get(symbol) as Tensor),
      masks: this.outputs.map(symbol => masks.get(symbol) ?? null),
    };
  }

  override getConfig(): Record<string, Json> {
    const own = new Set(this.nodes);
    // A layer may have been called outside of this model too: within it, its calls are numbered anew.
    const place = (node: LayerNode): number => node.layer.inboundNodes.filter(other => own.has(other)).indexOf(node);
    const reference = (symbol: SymbolicTensor): Json => [symbol.node.layer.name, place(symbol.node), symbol.index];
    const layers = this.stack.map(layer => ({
      ...layer.serialize(),
      name: layer.name,
      inboundNodes: layer.inboundNodes
        .filter(node => own.has(node) && node.inputs.length > 0)
        .map(node =>
          node.inputs.map(symbol => [
            ...(reference(symbol) as readonly Json[]),
            node.training === undefined ? {} : { training: node.training },
          ]),
        ),
    }));
    return {
      name: this.name,
      trainable: this.trainable,
      layers: layers as unknown as Json,
      inputLayers: this.inputs.map(reference),
      outputLayers: this.outputs.map(reference),
    };
  }

  static override fromConfig(config: Readonly<Record<string, Json>>, revive: Revive = deserializeLayer): Functional {
    return functionalFromConfig(config, revive);
  }
}

type Reference = readonly [layer: string, node: number, output: number, context?: { training?: boolean }];

interface LayerEntry extends Serialized {
  readonly name: string;
  readonly inboundNodes: readonly (readonly Reference[])[];
}

/** Names a call within a step: '' for the first of all, so that a layer that is called once does not depend on being in a graph. */
function siteOf(outer: string, place: number): string {
  return outer === '' && place === 0 ? '' : `${outer}/${place}`;
}

/** Makes the layers, then calls them in an order in which their inputs are there. */
function functionalFromConfig(config: Readonly<Record<string, Json>>, revive: Revive): Functional {
  const { name, trainable, layers, inputLayers, outputLayers } = config as unknown as {
    name?: string;
    trainable?: boolean;
    layers: readonly LayerEntry[];
    inputLayers: readonly Reference[];
    outputLayers: readonly Reference[];
  };
  const byName = new Map(layers.map(entry => [entry.name, revive(entry)]));
  const symbol = ([layer, node, output]: Reference): SymbolicTensor | undefined => byName.get(layer)?.inboundNodes[node]?.outputs[output];
  const waiting = layers.flatMap(entry => entry.inboundNodes.map((references, position) => ({ layer: entry.name, position, references })));
  while (waiting.length > 0) {
    const ready = waiting.findIndex(
      ({ layer, position, references }) => byName.get(layer)?.inboundNodes.length === position && references.every(symbol),
    );
    if (ready < 0) throw new ConfigError(`model "${name}": the layer "${waiting[0]?.layer}" is called on what no layer gives`);
    const [{ layer: layerName, references }] = waiting.splice(ready, 1) as [(typeof waiting)[number]];
    const layer = byName.get(layerName) as Layer;
    const inputs = references.map(reference => symbol(reference) as SymbolicTensor);
    layer.apply(inputs.length === 1 && !layer.takesLists ? (inputs[0] as SymbolicTensor) : inputs, references[0]?.[3] ?? {});
  }
  const known = (reference: Reference): SymbolicTensor => {
    const found = symbol(reference);
    if (!found)
      throw new ConfigError(
        `model "${name}": there is no output ${reference[2]} of the call ${reference[1]} of the layer "${reference[0]}"`,
      );
    return found;
  };
  return new Functional({
    inputs: inputLayers.map(known),
    outputs: outputLayers.map(known),
    trainable: trainable ?? true,
    ...(name ? { name } : {}),
  });
}

function list<Item>(value: Item | readonly Item[]): Item[] {
  return Array.isArray(value) ? [...(value as readonly Item[])] : [value as Item];
}

/** The nodes that the outputs depend on, each behind those it needs. */
function inOrder(inputs: readonly SymbolicTensor[], outputs: readonly SymbolicTensor[], name: string): LayerNode[] {
  const sources = new Set(inputs.map(symbol => symbol.node));
  const ordered = new Set<LayerNode>(sources);
  const visit = (node: LayerNode): void => {
    if (ordered.has(node)) return;
    if (node.inputs.length === 0)
      throw new ConfigError(`model "${name}": an output depends on the input "${node.layer.name}", which is not among inputs`);
    for (const symbol of node.inputs) visit(symbol.node);
    ordered.add(node);
  };
  for (const symbol of outputs) visit(symbol.node);
  return [...ordered];
}

/** A {@link Functional} model. */
export const model = (options: FunctionalOptions): Functional => new Functional(options);
