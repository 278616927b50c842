import {
  ConfigError,
  cast,
  type Json,
  mul,
  type OptionTable,
  options,
  type Parameter,
  ShapeError,
  type Tensor,
  tidy,
  type UpdateItem,
  type UpdateRule,
  updateParameters,
} from '@jogak/ops';
import { clipGradients } from './clipping.js';
import { type CompleteOptions, translate } from './options.js';
import { isSchedule, type LearningRateSchedule } from './schedules/index.js';
import { Slots } from './slots.js';
import { type OptimizerState, readSlots, writeSlots } from './state.js';
import { WeightAverages } from './weight-averages.js';
import { isExcluded } from './weight-decay.js';

/** What a class of optimizers says of itself. */
export interface OptimizerClass {
  new (options: never): Optimizer;
  readonly className: string;
  /** Its options, among them those of {@link commonOptions}. */
  readonly options: OptionTable<CompleteOptions>;
  /** Other spellings of its options: TensorFlow.js' names. */
  readonly aliases?: Readonly<Record<string, string>>;
}

/**
 * Changes weights along their gradients. What all optimizers share stands here: learning rate, clipping, weight decay, constraints,
 * averages, slots, state. A class of one's own gives `className`, `options`, its slots ({@link createSlots}) and {@link updateStep}.
 *
 * One update is, in Keras' order: gradients clipped, weights decayed, each weight updated, averages taken, constraints applied.
 *
 * @see https://keras.io/api/optimizers/
 */
export abstract class Optimizer<Config extends CompleteOptions = CompleteOptions> {
  /** Updates completed. */
  iterations = 0;
  protected readonly config: Config;
  private rate: number | LearningRateSchedule;
  private parameters: ReadonlySet<Parameter> | null = null;
  private readonly own: Slots;
  private readonly averages: WeightAverages;
  private warned = false;

  /** @throws {ConfigError} for an option that is unknown, wrong, or at odds with another */
  constructor(given: Partial<Config> = {}) {
    const { className, options: table, aliases = {} } = this.type;
    const where = `optimizer ${className}`;
    this.config = options.parseOptions(table as unknown as OptionTable<Config>, translate(given, aliases, where), where);
    this.rate = this.config.learningRate;
    this.own = new Slots(this.name);
    this.averages = new WeightAverages(this.name);
    const clippings = (['clipnorm', 'globalClipnorm', 'clipvalue'] as const).filter(key => this.config[key] !== null);
    if (clippings.length > 1) throw new ConfigError(`${where}: only one of ${clippings.join(' and ')} can be set`);
    if (this.config.emaOverwriteFrequency !== null && !this.config.useEma)
      throw new ConfigError(`${where}: emaOverwriteFrequency needs useEma: true`);
  }

  get className(): string {
    return this.type.className;
  }

  get name(): string {
    return this.config.name;
  }

  /** The learning rate of the next update. */
  get learningRate(): number {
    if (typeof this.rate === 'number') return this.rate;
    const rate = this.rate(this.iterations);
    if (!(rate >= 0 && rate < Number.POSITIVE_INFINITY))
      throw new ConfigError(
        `${this.where}: the schedule ${this.rate.className} gives the learning rate ${rate} at step ${this.iterations}`,
      );
    return rate;
  }

  /** @throws {ConfigError} when a schedule tells the learning rate, or for a number that is negative or not finite */
  set learningRate(value: number) {
    if (isSchedule(this.rate))
      throw new ConfigError(
        `${this.where}: its learning rate is the schedule ${this.rate.className} and cannot be set; give a number as learningRate to set it later`,
      );
    if (typeof value !== 'number' || !(value >= 0 && value < Number.POSITIVE_INFINITY))
      throw new ConfigError(`${this.where}: learningRate must be a number, 0 or more; got ${options.show(value)}`);
    this.rate = value;
  }

  /** What it remembers of the weights, in Keras' order; empty before {@link build}. */
  get slots(): readonly Parameter[] {
    return [...this.averages.slots.all, ...this.own.all];
  }

  /** Whether it knows the weights that it updates. */
  get built(): boolean {
    return this.parameters !== null;
  }

  /**
   * Makes the slots for those of `parameters` that are trainable, once. Building again for some of the same weights does nothing.
   *
   * @throws {ConfigError} for a weight that is not float32; when built before without one of these weights
   */
  build(parameters: readonly Parameter[]): void {
    const trainable = parameters.filter(parameter => parameter.trainable);
    if (this.parameters) {
      const known = this.parameters;
      const stranger = trainable.find(parameter => !known.has(parameter));
      if (stranger)
        throw new ConfigError(
          `${this.where} was not built for the weight "${stranger.path}"; make a new optimizer for another set of weights`,
        );
      return;
    }
    for (const { path, dtype } of trainable)
      if (dtype !== 'float32')
        throw new ConfigError(`${this.where} updates float32 weights; "${path}" is ${dtype}: set its trainable to false`);
    if (this.config.useEma) this.averages.build(trainable);
    this.createSlots(trainable);
    this.parameters = new Set(trainable);
  }

  /**
   * One update of the weights.
   *
   * @param gradients one for each of `parameters`, of its shape; null where the loss does not depend on the weight, which then stays as
   *   it is (a warning names such weights, once). An empty list is no update.
   * @param parameters on the first call, also those to {@link build} for; those that are not trainable stay as they are.
   *   @default those it was built for
   * @throws {ConfigError} when not built; for a weight it was not built for; when all gradients are null
   * @throws {ShapeError} when a gradient has not its weight's shape, or there are more or fewer than weights
   */
  apply(gradients: readonly (Tensor | null)[], parameters?: readonly Parameter[]): void {
    if (gradients.length === 0) return;
    if (parameters) this.build(parameters);
    if (!this.parameters) throw new ConfigError(`${this.where} knows no weights yet: call build(parameters), or give them to apply`);
    const built = [...this.parameters];
    tidy(() => {
      const pairs = this.pair(gradients, parameters ?? built);
      if (pairs.length === 0) return;
      const learningRate = this.learningRate;
      const clipped = clipGradients(
        pairs.map(([, gradient]) => gradient),
        this.config,
      );
      this.update(
        pairs.map(([parameter], index) => ({
          parameter,
          gradient: clipped[index] as Tensor,
          slots: this.own.of(parameter),
          decay: this.decayOf(parameter, learningRate),
        })),
        learningRate,
      );
      this.average(built);
      for (const [parameter] of pairs) {
        const { constraint } = parameter;
        if (constraint) parameter.update(value => constraint.apply(value));
      }
      this.iterations++;
    });
  }

  /**
   * Gives the weights their averages as values, if it keeps them: what Keras does after the last epoch.
   *
   * @param parameters @default those it was built for
   */
  finalizeVariableValues(parameters: readonly Parameter[] = [...(this.parameters ?? [])]): void {
    if (!this.config.useEma || this.iterations === 0) return;
    this.averages.overwrite(parameters.filter(parameter => parameter.trainable));
  }

  /** All that the next updates depend on, copied. */
  state(): OptimizerState {
    return {
      className: this.className,
      iterations: this.iterations,
      learningRate: typeof this.rate === 'number' ? this.rate : null,
      slots: readSlots(this.slots),
    };
  }

  /**
   * Goes on from where {@link state} was taken: the next updates have the same bits.
   *
   * @throws {ConfigError} when the state is another optimizer's, or this one is not yet built for the same weights
   * @throws {ShapeError} when a slot has another shape
   */
  restore(state: OptimizerState): void {
    if (state.className !== this.className)
      throw new ConfigError(`${this.where} is of the class ${this.className}; the state to restore is of ${state.className}`);
    if (!this.parameters && Object.keys(state.slots).length > 0)
      throw new ConfigError(`${this.where}: call build(parameters) before restore(state), so that there are slots to restore`);
    writeSlots(this.slots, state.slots, this.where);
    this.iterations = state.iterations;
    if (state.learningRate !== null && typeof this.rate === 'number') this.learningRate = state.learningRate;
  }

  /** Its options as JSON, of which {@link fromConfig} makes an equal optimizer, without its state. */
  getConfig(): Record<string, Json> {
    const current: CompleteOptions = { ...this.config, learningRate: this.rate };
    const { excludeFromWeightDecay, ...config } = options.serializeOptions(this.type.options, current);
    // Keras has no such key in its configs, and refuses those it does not know.
    return excludeFromWeightDecay == null ? config : { ...config, excludeFromWeightDecay };
  }

  /** The optimizer that a config describes. @throws {ConfigError} for what the constructor throws it for */
  static fromConfig<T extends Optimizer>(this: new (options: never) => T, config: object): T {
    return new this(config as never);
  }

  /** Frees the slots and forgets the weights; it may be built again, from nothing. */
  dispose(): void {
    this.own.dispose();
    this.averages.slots.dispose();
    this.parameters = null;
    this.iterations = 0;
  }

  /** Makes what the update needs to remember, by {@link addSlots}. @default nothing */
  protected createSlots(_parameters: readonly Parameter[]): void {}

  /** Makes a slot of each name for every parameter: all of the first one, then all of the second one. */
  protected addSlots(parameters: readonly Parameter[], names: readonly string[], initial = 0): void {
    this.own.add(parameters, names, initial);
  }

  /** A slot by its name. */
  protected slot(parameter: Parameter, name: string): Parameter {
    return this.own.get(parameter, name);
  }

  /** The update as a rule that backends know, in the order of whose slots {@link createSlots} makes them. @default null: there is none */
  protected rule(_learningRate: number): UpdateRule | null {
    return null;
  }

  /** Changes one weight and its slots, with plain ops. Called inside a `tidy`; where the backend knows {@link rule}, not at all. */
  protected abstract updateStep(parameter: Parameter, gradient: Tensor, learningRate: number): void;

  private update(items: readonly UpdateItem[], learningRate: number): void {
    const rule = this.rule(learningRate);
    if (rule && updateParameters(rule, items)) return;
    for (const { parameter, gradient, decay = 0 } of items) {
      if (decay > 0) parameter.update(value => mul(value, 1 - decay));
      tidy(() => this.updateStep(parameter, gradient, learningRate));
    }
  }

  private average(parameters: readonly Parameter[]): void {
    const { useEma, emaMomentum, emaOverwriteFrequency } = this.config;
    if (!useEma) return;
    this.averages.update(parameters, emaMomentum, this.iterations === 0);
    if (emaOverwriteFrequency !== null && (this.iterations + 1) % emaOverwriteFrequency === 0) this.averages.overwrite(parameters);
  }

  private decayOf(parameter: Parameter, learningRate: number): number {
    const { weightDecay, excludeFromWeightDecay } = this.config;
    if (weightDecay === null || (excludeFromWeightDecay !== null && isExcluded(parameter, excludeFromWeightDecay))) return 0;
    return weightDecay * learningRate;
  }

  /** The weights to update, with their gradients, all checked. */
  private pair(gradients: readonly (Tensor | null)[], parameters: readonly Parameter[]): (readonly [Parameter, Tensor])[] {
    if (gradients.length !== parameters.length)
      throw new ShapeError(`${this.where} got ${gradients.length} gradients for ${parameters.length} weights; give one for each, or null`);
    const pairs: (readonly [Parameter, Tensor])[] = [];
    const missing: string[] = [];
    parameters.forEach((parameter, index) => {
      const gradient = gradients[index];
      if (!parameter.trainable) return;
      if (!gradient) missing.push(parameter.path);
      else {
        checkShape(parameter, gradient, this.where);
        pairs.push([parameter, gradient.dtype === 'float32' ? gradient : cast(gradient, 'float32')]);
      }
    });
    if (missing.length > 0 && pairs.length === 0)
      throw new ConfigError(`${this.where} got no gradient for any weight; does the loss depend on ${missing.join(', ')}?`);
    if (missing.length > 0 && !this.warned) {
      this.warned = true;
      console.warn(`${this.where}: the loss does not depend on ${missing.join(', ')}; these weights stay as they are`);
    }
    return pairs;
  }

  private get where(): string {
    return `optimizer "${this.name}"`;
  }

  private get type(): OptimizerClass {
    return this.constructor as unknown as OptimizerClass;
  }
}

function checkShape(parameter: Parameter, gradient: Tensor, where: string): void {
  if (gradient.shape.join() !== parameter.shape.join())
    throw new ShapeError(
      `${where}: the gradient of the weight "${parameter.path}" has shape [${gradient.shape.join(', ')}]; expected [${parameter.shape.join(', ')}]`,
    );
}
