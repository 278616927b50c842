import {
  type CallContext,
  deserializeLayer,
  hasOwnMethods,
  InputLayer,
  Layer,
  type Mask,
  onlyMask,
  type Revive,
  type Serialized,
  type Shape,
} from '@jogak/layers';
import { ConfigError, type Json, type Tensor } from '@jogak/ops';
import { checkKnown } from './known-options.js';
import { type LayerObserver, Model, type ModelOptions } from './model.js';

/** Options of {@link sequential}. */
export interface SequentialOptions {
  /** The layers, first to last. @default none; {@link Sequential.add} adds them */
  layers?: readonly Layer[];
  /** @default 'sequential', numbered */
  name?: string;
}

/**
 * Layers one after another, each with one input and one output.
 *
 * @see https://keras.io/api/models/sequential/
 */
export class Sequential extends Model {
  static override readonly className = 'Sequential';
  override supportsMasking = true;
  private readonly stack: Layer[] = [];
  private inputLayer: InputLayer | null = null;

  constructor(options: SequentialOptions & ModelOptions = {}) {
    if (Array.isArray(options)) throw new ConfigError('sequential takes an options object: sequential({ layers: […] }); got a list');
    checkKnown(options, ['layers', 'name', 'trainable', 'dtype', 'dtypePolicy'], 'sequential');
    const { layers = [], ...rest } = options;
    super(rest);
    if (!Array.isArray(layers)) throw new ConfigError(`sequential "${this.name}": layers must be a list of layers`);
    for (const layer of layers) this.add(layer);
  }

  /** @internal */
  override get isPlain(): boolean {
    return this.constructor === Sequential && !hasOwnMethods(this);
  }

  override get layers(): readonly Layer[] {
    return this.stack;
  }

  override sublayers(): Layer[] {
    return [...this.stack];
  }

  override get inputShapes(): readonly (Shape | null)[] {
    const first = this.stack[0];
    return [this.inputLayer?.batchInputShape ?? first?.batchInputShape ?? (first instanceof Model ? (first.inputShapes[0] ?? null) : null)];
  }

  override get inputDTypes(): readonly ('float32' | 'int32' | 'bool')[] {
    const first = this.stack[0];
    if (!this.inputLayer && first instanceof Model) return first.inputDTypes.slice(0, 1);
    return [((this.inputLayer ?? first)?.inputDType ?? 'float32') as 'float32'];
  }

  override get outputNames(): readonly string[] {
    return [this.stack.at(-1)?.name ?? 'output'];
  }

  /** Shape of the output, once the shape of the input is known; null before. */
  get outputShape(): Shape | null {
    const shape = this.inputShapes[0];
    return shape ? this.computeOutputShape(shape) : null;
  }

  /**
   * Puts a layer behind the last one.
   *
   * @throws {ConfigError} for anything but a layer, or one whose name is taken
   * @throws {ShapeError} when it does not fit behind the last one
   */
  add(layer: Layer): void {
    if (!(layer instanceof Layer)) throw new ConfigError(`sequential "${this.name}": a layer has to be added; got ${typeof layer}`);
    if (layer instanceof InputLayer) {
      if (this.stack.length > 0) throw new ConfigError(`sequential "${this.name}": an input has to come first`);
      this.inputLayer = layer;
      return;
    }
    if (this.stack.some(other => other.name === layer.name)) {
      throw new ConfigError(
        `sequential "${this.name}" has a layer named "${layer.name}" already: names must be unique, and a layer can stand in it once`,
      );
    }
    // A layer that stands in another model already stays that one's: it keeps its paths, and is freed with it.
    const isOwn = !layer.parent;
    if (isOwn) this.adopt(layer);
    this.stack.push(layer);
    this.built = false;
    const shape = this.inputShapes[0];
    if (shape) {
      try {
        this.ensureBuilt(shape);
      } catch (error) {
        this.stack.pop();
        if (isOwn) layer.parent = null;
        throw error;
      }
    }
  }

  /** Takes the last layer away. */
  pop(): void {
    if (this.stack.length === 0) throw new ConfigError(`sequential "${this.name}" has no layer to take away`);
    const layer = this.stack.pop() as Layer;
    if (layer.parent === (this as unknown as Layer)) layer.parent = null;
  }

  override build(inputShape: Shape): void {
    this.requireLayers();
    let shape = inputShape;
    for (const layer of this.stack) {
      layer.ensureBuilt(shape);
      shape = layer.computeOutputShape(shape) as Shape;
    }
  }

  override computeOutputShape(inputShape: Shape): Shape {
    return this.stack.reduce<Shape>((shape, layer) => {
      layer.ensureBuilt(shape);
      return layer.computeOutputShape(shape) as Shape;
    }, inputShape);
  }

  override call(inputs: Tensor, context: CallContext): Tensor {
    return this.forward([inputs], context).outputs[0] as Tensor;
  }

  override run(inputs: Tensor, context: CallContext): { outputs: Tensor; mask: Mask } {
    const { outputs, masks } = this.forward([inputs], context);
    return { outputs: outputs[0] as Tensor, mask: masks[0] ?? null };
  }

  override forward(inputs: Tensor[], context: CallContext, observe?: LayerObserver): { outputs: Tensor[]; masks: readonly Mask[] } {
    this.requireLayers();
    let x = inputs[0] as Tensor;
    let mask = onlyMask(context.mask);
    for (const layer of this.stack) {
      const result = layer.run(x, { ...context, mask });
      x = result.outputs as Tensor;
      mask = onlyMask(result.mask);
      observe?.(layer, x);
    }
    return { outputs: [x], masks: [mask] };
  }

  private requireLayers(): void {
    if (this.stack.length === 0) throw new ConfigError(`sequential "${this.name}" has no layers: add some`);
  }

  override getConfig(): Record<string, Json> {
    const inputs = this.inputLayer ? [this.inputLayer.serialize()] : [];
    const layers = this.stack.map(layer => layer.serialize());
    const [first] = layers;
    // A model that was built by its first data says their shape, without the batch, as one that was told it.
    if (first && this.builtFor && !this.inputShapes[0]) {
      const batchInputShape = [null, ...(this.builtFor as Shape).slice(1)];
      layers[0] = { ...first, config: { ...first.config, batchInputShape } };
    }
    return {
      name: this.name,
      trainable: this.trainable,
      layers: [...inputs, ...layers] as unknown as Json,
    };
  }

  static override fromConfig(config: Readonly<Record<string, Json>>, revive: Revive = deserializeLayer): Sequential {
    const { name, trainable, layers } = config as unknown as { name?: string; trainable?: boolean; layers: readonly Serialized[] };
    return new Sequential({ ...(name ? { name } : {}), trainable: trainable ?? true, layers: layers.map(revive) });
  }
}

/** A {@link Sequential} model. */
export const sequential = (options: SequentialOptions = {}): Sequential => new Sequential(options);
