import {
  ConfigError,
  type Constraint,
  clone,
  type DataType,
  div,
  getRandomSeed,
  type HostArray,
  isHostArray,
  type Json,
  type OptionTable,
  options as optionKinds,
  Parameter,
  type Regularizer,
  randomKey,
  ShapeError,
  Tensor,
  tidy,
  toTensor,
} from '@jogak/ops';
import { getInitializer, type InitializerLike } from '../initializers/index.js';
import { type CallContext, checkContext, inference, type Mask } from './call-context.js';
import type { Serialized } from './configurable.js';
import type { DTypePolicy } from './dtype-policy.js';
import type { LayerNode } from './layer-node.js';
import { type LayerConfig, type LayerOptions, type LayerTable, parseLayerOptions } from './layer-options.js';
import { factoryName } from './names.js';
import { checkShape, type InputSpec, isShape, type Shape, showShape } from './shape.js';
import { SymbolicTensor } from './symbolic-tensor.js';

export type { LayerConfig, LayerOptions, LayerTable } from './layer-options.js';

/** Makes a layer of a serialized one: handed to {@link Layer.fromConfig}, so that wrappers need not know the other classes. */
export type Revive = (serialized: Serialized) => Layer;

/** Options of {@link Layer.addWeight}. */
export interface WeightOptions {
  /** Last part of the path, in snake_case as Keras has it: `recurrent_kernel`. */
  name: string;
  shape: readonly number[];
  /** Takes initializer, regularizer and constraint from the options that begin with this: `like: 'kernel'` → `kernelInitializer`, … */
  like?: string;
  /** @default 'zeros' */
  initializer?: InitializerLike;
  regularizer?: Regularizer | null;
  constraint?: Constraint | null;
  /** @default true */
  trainable?: boolean;
}

/**
 * Base of all layers: names, weights, masks, checks and serialization, so that a layer is left with what is its own: its options,
 * `build`, `call`, `computeOutputShape`.
 *
 * A layer that is held in an attribute of another, or in a list there, is found, built paths included, and its weights count as
 * the other's.
 *
 * @see https://keras.io/api/layers/base_layer/
 */
export abstract class Layer<Options extends LayerOptions = LayerOptions> {
  /** The name by which files know the class. */
  static readonly className: string = 'Layer';
  /** The layer's own options, without those of {@link LayerOptions}. */
  static readonly options: OptionTable<object> = {};

  readonly name: string;
  /** The layer's own options, checked and complete. */
  readonly config: LayerConfig<Options>;
  readonly dtypePolicy: DTypePolicy;
  /** Shape of a batch, if it was given: the first layer of a model has it. */
  readonly batchInputShape: Shape | null;
  readonly inputDType: DataType;
  /** Whether a mask passes through {@link computeMask} unchanged. */
  supportsMasking = false;
  /** Whether its inputs are a list even where there is one: what merges. */
  readonly takesLists: boolean = false;
  /** What the layer may be given, once it is known. */
  inputSpec: InputSpec | null = null;
  /** Whether the weights are there. */
  built = false;
  /** What {@link build} was told; null before, and for what is built from the first. */
  builtFor: Shape | readonly Shape[] | null = null;
  /** The calls on symbolic tensors that were made of this layer. */
  readonly inboundNodes: LayerNode[] = [];
  /** The layer that holds this one, if any. */
  parent: Layer | null = null;

  private readonly ownWeights: Parameter[] = [];
  private trainableFlag: boolean;
  private initialWeights: readonly (Tensor | HostArray)[] | null;
  private warnedOfMask = false;
  private description: string | undefined;

  constructor(given: Options) {
    const type = this.constructor as typeof Layer;
    const { common, own } = parseLayerOptions(given, type.className, type.options as LayerTable<Options>);
    this.config = own;
    this.name = common.name;
    this.trainableFlag = common.trainable;
    this.dtypePolicy = common.dtypePolicy;
    this.batchInputShape = common.batchInputShape;
    this.inputDType = common.inputDType;
    this.initialWeights = common.weights;
  }

  // What a layer says of itself -----------------------------------------------------------------------------------------

  /** Makes the weights. Called once, before the first call, with the shape of the input (or shapes of the inputs). */
  build(_inputShape: Shape | readonly Shape[]): void {}

  /** Computes the outputs. Tensors made on the way are disposed of by the caller. */
  abstract call(inputs: Tensor | Tensor[], context: CallContext): Tensor | Tensor[];

  /** Shape of the output, or shapes of the outputs. @default the input's */
  computeOutputShape(inputShape: Shape | readonly Shape[]): Shape | readonly Shape[] {
    return inputShape;
  }

  /** Type of the output. @default 'float32' */
  computeOutputDType(_inputDType: DataType): DataType {
    return this.dtypePolicy.compute;
  }

  /** The mask of the output. @default the input's where {@link supportsMasking}, else none, with a warning that it is lost */
  computeMask(_inputs: Tensor | Tensor[], mask: Mask | readonly Mask[]): Mask | readonly Mask[] {
    if (this.supportsMasking) return mask;
    const masked = Array.isArray(mask) ? mask.some(Boolean) : mask !== null;
    if (masked && !this.warnedOfMask) {
      this.warnedOfMask = true;
      console.warn(`${this.describe()} does not pass a mask on: the layers after it take padded steps for real ones`);
    }
    return null;
  }

  // Calling --------------------------------------------------------------------------------------------------------------

  /**
   * Calls the layer: on symbolic tensors, to put a model together; on tensors, to compute.
   *
   * Tensors that are made on the way are disposed of; the outputs are the caller's.
   *
   * @throws {ShapeError} when the inputs do not fit
   * @throws {ConfigError} when it is told what there is not, or, on symbolic tensors, what a graph does not keep
   */
  apply(inputs: SymbolicTensor, context?: Partial<CallContext>): SymbolicTensor;
  apply(inputs: readonly SymbolicTensor[], context?: Partial<CallContext>): SymbolicTensor;
  apply(inputs: Tensor, context?: Partial<CallContext>): Tensor;
  apply(inputs: readonly Tensor[], context?: Partial<CallContext>): Tensor;
  apply(
    inputs: Tensor | SymbolicTensor | readonly (Tensor | SymbolicTensor)[],
    context?: Partial<CallContext>,
  ): Tensor | SymbolicTensor | Tensor[] | SymbolicTensor[];
  apply(inputs: Tensor | SymbolicTensor | readonly (Tensor | SymbolicTensor)[], context: Partial<CallContext> = {}): unknown {
    const list = Array.isArray(inputs) ? (inputs as readonly (Tensor | SymbolicTensor)[]) : [inputs as Tensor | SymbolicTensor];
    if (list.length === 0) throw new ShapeError(`${this.describe()} needs an input; got an empty list`);
    const isSymbolic = list.every(input => input instanceof SymbolicTensor);
    checkContext(context, isSymbolic, this.describe());
    if (isSymbolic) return this.applySymbolically(list as SymbolicTensor[], Array.isArray(inputs), context);
    const wrong = list.find(input => !(input instanceof Tensor));
    if (wrong !== undefined)
      throw new ShapeError(`${this.describe()} is called on tensors, or on symbolic tensors, not on both; got ${optionKinds.show(wrong)}`);
    return tidy(() => {
      const outputs = this.invoke((Array.isArray(inputs) ? [...list] : inputs) as Tensor | Tensor[], { ...inference, ...context });
      // A layer may pass an input on as it is; the caller owns both, and may dispose of one before the other.
      const owned = (output: Tensor): Tensor => (list.includes(output) ? clone(output) : output);
      return Array.isArray(outputs) ? outputs.map(owned) : owned(outputs);
    });
  }

  /** Builds the layer if need be, checks the inputs and computes, without tidying up: what models and wrappers call. */
  invoke(inputs: Tensor | Tensor[], context: CallContext): Tensor | Tensor[] {
    const shapes = Array.isArray(inputs) ? inputs.map(input => input.shape) : inputs.shape;
    this.ensureBuilt(shapes);
    if (this.inputSpec) this.checkInput(shapes);
    const outputs = this.call(inputs, context);
    const penalty = (this.config as { activityRegularizer?: Regularizer | null }).activityRegularizer;
    if (penalty && context.addLoss) {
      // Keras divides by the batch, so that the penalty does not grow with it.
      for (const output of Array.isArray(outputs) ? outputs : [outputs]) context.addLoss(div(penalty.apply(output), output.shape[0] ?? 1));
    }
    return outputs;
  }

  /** {@link invoke} and {@link computeMask} in one: what a model calls. A model in a model overrides it, so as to compute once. */
  run(inputs: Tensor | Tensor[], context: CallContext): { outputs: Tensor | Tensor[]; mask: Mask | readonly Mask[] } {
    const outputs = this.invoke(inputs, context);
    return { outputs, mask: this.computeMask(inputs, context.mask) };
  }

  private applySymbolically(
    inputs: SymbolicTensor[],
    takesList: boolean,
    context: Partial<CallContext>,
  ): SymbolicTensor | SymbolicTensor[] {
    const shapes = takesList ? inputs.map(input => input.shape) : (inputs[0] as SymbolicTensor).shape;
    this.ensureBuilt(shapes);
    if (this.inputSpec) this.checkInput(shapes);
    const outputShape = this.computeOutputShape(shapes);
    const dtype = this.computeOutputDType((inputs[0] as SymbolicTensor).dtype);
    return this.addNode(inputs, isShape(outputShape) ? [outputShape] : outputShape, dtype, takesList, context.training);
  }

  /** Records a call in the graph, and gives its outputs: one, or a list where there are several. */
  protected addNode(
    inputs: SymbolicTensor[],
    shapes: readonly Shape[],
    dtype: DataType,
    takesList: boolean,
    training?: boolean,
  ): SymbolicTensor | SymbolicTensor[] {
    const outputs: SymbolicTensor[] = [];
    const node: LayerNode = {
      layer: this as unknown as Layer,
      position: this.inboundNodes.length,
      inputs,
      outputs,
      takesList,
      ...(training === undefined ? {} : { training }),
    };
    for (const [index, shape] of shapes.entries()) outputs.push(new SymbolicTensor(shape, dtype, node, index));
    this.inboundNodes.push(node);
    return outputs.length === 1 ? (outputs[0] as SymbolicTensor) : outputs;
  }

  private checkInput(shapes: Shape | readonly Shape[]): void {
    const first = isShape(shapes) ? shapes : (shapes[0] as Shape);
    checkShape(first, this.inputSpec as InputSpec, this.describe());
  }

  // Weights --------------------------------------------------------------------------------------------------------------

  /** Builds the layer for inputs of this shape, unless it is built. */
  ensureBuilt(inputShape: Shape | readonly Shape[]): void {
    if (this.built) return;
    for (const child of this.sublayers()) if (!child.parent) this.adopt(child);
    try {
      tidy(() => this.build(inputShape));
      if (this.initialWeights) this.setWeights(this.initialWeights);
    } catch (error) {
      // Nothing half built stays: the next call begins anew, and meets the same error.
      for (const weight of this.ownWeights.splice(0)) weight.dispose();
      throw error;
    }
    this.built = true;
    this.builtFor = inputShape;
    this.initialWeights = null;
  }

  /** Makes a weight, in the order in which files list them. */
  protected addWeight(options: WeightOptions): Parameter {
    const { name, shape, like } = options;
    const ofConfig = (what: string): unknown =>
      like === undefined ? undefined : (this.config as Record<string, unknown>)[`${like}${what}`];
    const initializer = getInitializer(options.initializer ?? (ofConfig('Initializer') as InitializerLike | undefined) ?? 'zeros');
    const path = this.pathOf(name);
    const value = tidy(() => initializer.apply([...shape], 'float32', randomKey(getRandomSeed(), path)));
    const parameter = new Parameter({
      path,
      value,
      trainable: options.trainable ?? true,
      regularizer: options.regularizer ?? (ofConfig('Regularizer') as Regularizer | undefined) ?? null,
      constraint: options.constraint ?? (ofConfig('Constraint') as Constraint | undefined) ?? null,
    });
    value.dispose();
    this.ownWeights.push(parameter);
    return parameter;
  }

  /** Where the layer stands: its name after those of the layers that hold it. A model that nothing holds does not count. */
  get path(): string {
    const above = this.parent?.path ?? '';
    return above === '' ? this.name : `${above}/${this.name}`;
  }

  private pathOf(weight: string): string {
    return this.path === '' ? weight : `${this.path}/${weight}`;
  }

  /** Becomes the layer that holds `child`, whose weights' paths then begin with this one's. */
  adopt(child: Layer): void {
    child.parent = this as unknown as Layer;
    child.renewPaths();
  }

  private renewPaths(): void {
    for (const weight of this.ownWeights) weight.path = this.pathOf(weight.name);
    for (const layer of this.sublayers()) layer.renewPaths();
  }

  /** The layers that this one holds in attributes, in the order of the attributes. */
  sublayers(): Layer[] {
    const found: Layer[] = [];
    const add = (item: unknown): void => {
      if (item instanceof Layer && !found.includes(item)) found.push(item);
    };
    // Several times a step: a loop over the attributes makes nothing on the way.
    for (const attribute in this) {
      if (attribute === 'parent' || attribute === 'inboundNodes' || attribute === 'config') continue;
      const value: unknown = this[attribute];
      if (Array.isArray(value)) for (const item of value) add(item);
      else add(value);
    }
    return found;
  }

  /** All weights, in Keras' order: the layer's own, those that are trained first, then those of the layers it holds. */
  get weights(): Parameter[] {
    const own = [...this.ownWeights.filter(weight => weight.trainable), ...this.ownWeights.filter(weight => !weight.trainable)];
    return [...new Set([...own, ...this.sublayers().flatMap(layer => layer.weights)])];
  }

  /** The weights that training changes. */
  get trainableWeights(): Parameter[] {
    if (!this.trainable) return [];
    return [
      ...new Set([...this.ownWeights.filter(weight => weight.trainable), ...this.sublayers().flatMap(layer => layer.trainableWeights)]),
    ];
  }

  /** The weights that training leaves alone: moving averages, and all weights of a layer that is frozen. */
  get nonTrainableWeights(): Parameter[] {
    const trained = new Set(this.trainableWeights);
    return this.weights.filter(weight => !trained.has(weight));
  }

  /** Whether training changes the weights; setting it sets it for the layers that this one holds, too. */
  get trainable(): boolean {
    return this.trainableFlag;
  }

  set trainable(trainable: boolean) {
    this.trainableFlag = trainable;
    for (const layer of this.sublayers()) layer.trainable = trainable;
  }

  /** Number of numbers in all weights. @throws {ConfigError} when the layer is not built */
  countParams(): number {
    if (!this.built)
      throw new ConfigError(`${this.describe()} has no weights yet: give its input shape, or call it once, before counting them`);
    return this.weights.reduce((sum, weight) => sum + weight.size, 0);
  }

  /** Copies of the weights' values, in the order of {@link weights}; the caller's to dispose of. */
  getWeights(): Tensor[] {
    return this.weights.map(weight => toTensor(weight.read()));
  }

  /**
   * Sets the weights' values, in the order of {@link weights}. The values are copied.
   *
   * @throws {ShapeError} when there are more or fewer, or one has another shape; then no weight is changed
   */
  setWeights(values: readonly (Tensor | HostArray)[]): void {
    const weights = this.weights;
    if (values.length !== weights.length) {
      throw new ShapeError(
        `${this.describe()} has ${weights.length} weights, ${weights.map(weight => `${weight.path} ${showShape(weight.shape)}`).join(', ')}; got ${values.length} values`,
      );
    }
    for (const [index, weight] of weights.entries()) {
      const { shape } = values[index] as Tensor | HostArray;
      if (shape.join() !== weight.shape.join())
        throw new ShapeError(`weight "${weight.path}" has shape ${showShape(weight.shape)}; got ${showShape(shape)}`);
    }
    tidy(() => {
      for (const [index, weight] of weights.entries()) {
        const value = values[index] as Tensor | HostArray;
        weight.assign(
          toTensor(isHostArray(value) ? value : { data: value.dataSync() as Float32Array, shape: value.shape, dtype: 'float32' }),
        );
      }
    });
  }

  /** The states that stateful recurrent layers carry from batch to batch; they are no weights, but a checkpoint needs them. */
  keptStates(): Parameter[] {
    return this.sublayers().flatMap(layer => layer.keptStates());
  }

  /** Sets the states that stateful recurrent layers carry from batch to batch back to zero; here, those of the layers held. */
  resetStates(): void {
    // One that is recurrent and not stateful has none to set back, and says so when asked.
    for (const layer of this.sublayers()) if (!('stateful' in layer) || layer.stateful) layer.resetStates();
  }

  /** Frees the weights, and those of the layers that belong to this one. The layer is of no use afterwards. */
  dispose(): void {
    for (const weight of this.ownWeights) weight.dispose();
    for (const layer of this.sublayers()) if (layer.parent === (this as unknown as Layer)) layer.dispose();
  }

  // Serialization --------------------------------------------------------------------------------------------------------

  /** The name by which files know the class. */
  getClassName(): string {
    return (this.constructor as typeof Layer).className;
  }

  /** Everything that makes an equal layer, weights apart, as JSON. */
  getConfig(): Record<string, Json> {
    const own = optionKinds.serializeOptions((this.constructor as typeof Layer).options as LayerTable<Options>, this.config);
    return {
      name: this.name,
      trainable: this.trainable,
      dtype: this.dtypePolicy.compute,
      dtypePolicy: { ...this.dtypePolicy },
      ...(this.batchInputShape ? { batchInputShape: [...this.batchInputShape], inputDType: this.inputDType } : {}),
      ...own,
    };
  }

  /** Makes a layer of its config. Layers that hold others revive them with `revive`. */
  static fromConfig(this: new (config: never) => Layer, config: Readonly<Record<string, Json>>, _revive: Revive): Layer {
    return new this(config as never);
  }

  /** Class name and config together. */
  serialize(): Serialized {
    return { className: this.getClassName(), config: this.getConfig() };
  }

  /** The layer as messages name it: `conv2d "stem"`. */
  describe(): string {
    // Asked for at every call, for errors that do not come.
    this.description ??= `${factoryName(this.getClassName())} "${this.name}"`;
    return this.description;
  }
}
