import { type CallContext, Layer, type LayerNode, type LayerOptions, type Mask, type Shape } from '@jogak/layers';
import {
  type Batch,
  ConfigError,
  concat,
  DataError,
  type HostArray,
  type Json,
  type OptionTable,
  type Parameter,
  type Scalar,
  scalar,
  type Tensor,
  tidy,
} from '@jogak/ops';
import { Optimizer } from '@jogak/optimizers';
import type { History } from '../callbacks/history.js';
import { loadWeights } from '../saving/load-weights.js';
import { type SaveOptions, saveModel, saveWeights } from '../saving/save-model.js';
import type { LoadSource, SaveTarget } from '../saving/targets.js';
import { arrayBatches, type BatchDataset, type BatchSource, datasetBatches, isBatchDataset } from './batch-source.js';
import { batchTensors } from './batch-tensors.js';
import { CapturedStep, canCapture } from './captured-step.js';
import { type CompileOptions, checkCompileOptions } from './compile-options.js';
import { Compiled } from './compiled.js';
import { type ModelData, toArrays } from './data.js';
import { type EvaluateOptions, evaluateSource, evaluateSourceAsync } from './evaluate.js';
import { type FitDatasetOptions, type FitOptions, fit } from './fit.js';
import { checkKnown, positive } from './known-options.js';
import type { Logs } from './logs.js';
import { rememberMovingWeights } from './moving-weights.js';
import { nonFiniteLayer } from './non-finite.js';
import { scope } from './scope.js';
import { type SummaryOptions, summary } from './summary.js';
import { Trackers } from './trackers.js';
import { type BatchFigures, release, type StepGradients, stepFigures, stepGradients } from './training-step.js';

/** Options of every model. */
export interface ModelOptions extends LayerOptions {}

/** A layer's outputs while a model computes, for those who look in. */
export type LayerObserver = (layer: Layer, outputs: Tensor | Tensor[]) => void;

/**
 * A network that can be trained: layers, and with `compile` a loss, an optimizer and metrics.
 *
 * Most are made by `sequential` or `model`. To write one of your own, hold its layers in attributes and override `call`; to train in
 * a way of your own, override {@link trainStep}, which `computeGradients` and `applyGradients` are the halves of.
 *
 * @see https://keras.io/api/models/model/
 */
export abstract class Model extends Layer<ModelOptions> {
  static override readonly className: string = 'Model';
  static override readonly options: OptionTable<object> = {};
  /** Set it, from a callback, to end training after the epoch. */
  stopTraining = false;
  /** Whether `fit` runs. @internal */
  isTraining = false;
  /** The figures of the last `fit`. */
  history: History | null = null;
  /** What a prediction needs beside the weights: class names, vocabulary, scaling. It is saved with the model. */
  metadata: { [key: string]: Json } = {};
  private compiled: Compiled | null = null;
  private trackers: Trackers | null = null;
  /** Of the run of `fit` that is on. */
  private captured: CapturedStep | null = null;

  // What a model says of itself -----------------------------------------------------------------------------------------

  /** Names of the inputs, in order. */
  get inputNames(): readonly string[] {
    return ['input'];
  }

  /** Names of the outputs, in order. */
  get outputNames(): readonly string[] {
    return ['output'];
  }

  /** What each input is read as. */
  get inputDTypes(): readonly ('float32' | 'int32' | 'bool')[] {
    return this.inputNames.map(() => 'float32');
  }

  /** Shapes of the inputs; null where they are not known. */
  get inputShapes(): readonly (Shape | null)[] {
    return this.inputNames.map(() => null);
  }

  /** Whether it is of a class of this package, whose layers say all that it computes. @internal */
  get isPlain(): boolean {
    return false;
  }

  /** The layers, in the order in which they compute. */
  get layers(): readonly Layer[] {
    return this.sublayers();
  }

  /** The calls of layers in the order in which they compute, where a graph says them; else null. */
  get graph(): readonly LayerNode[] | null {
    return null;
  }

  /** The layer of this name, or at this place. @throws {ConfigError} when there is none */
  getLayer(nameOrIndex: string | number): Layer {
    const found = typeof nameOrIndex === 'number' ? this.layers[nameOrIndex] : this.layers.find(layer => layer.name === nameOrIndex);
    if (!found)
      throw new ConfigError(
        `the model "${this.name}" has no layer ${JSON.stringify(nameOrIndex)}; there are: ${this.layers.map(layer => layer.name).join(', ')}`,
      );
    return found;
  }

  /** A model that nothing holds adds nothing to the paths of its weights. */
  override get path(): string {
    return this.parent ? super.path : '';
  }

  /** Computes outputs and their masks. @param observe is shown every layer's outputs */
  forward(inputs: Tensor[], context: CallContext, _observe?: LayerObserver): { outputs: Tensor[]; masks: readonly Mask[] } {
    const outputs = this.call(inputs.length === 1 ? (inputs[0] as Tensor) : inputs, context);
    const list = Array.isArray(outputs) ? outputs : [outputs];
    return { outputs: list, masks: list.map(() => null) };
  }

  // Compiling ------------------------------------------------------------------------------------------------------------

  /**
   * Says how the model is trained.
   *
   * @throws {ConfigError} for an option, name or output that there is not
   */
  compile(options: CompileOptions): void {
    checkCompileOptions(options);
    const before = this.compiled;
    this.compiled = new Compiled(options, this.outputNames);
    // An optimizer that compile made is the model's own; one that was given may be used elsewhere.
    if (before && before.optimizer !== this.compiled.optimizer && !(before.options.optimizer instanceof Optimizer))
      before.optimizer.dispose();
    this.trackers = new Trackers(this.compiled);
    // What a running fit has captured is the step of before.
    if (this.captured) this.captureSteps(true);
  }

  /** What `compile` was told; null before it was called. */
  get compileOptions(): CompileOptions | null {
    return this.compiled?.options ?? null;
  }

  /** The optimizer. @throws {ConfigError} before `compile` */
  get optimizer(): Optimizer {
    return this.need().optimizer;
  }

  /** Whether a figure is better high or low: known of `loss`, the metrics, and these with `val_` before. @throws {ConfigError} when there is no such figure */
  directionOf(key: string): 'max' | 'min' | 'none' {
    const plain = key.replace(/^val_/, '');
    if (plain === 'loss' || plain.endsWith('_loss')) return 'min';
    const found = this.need().metrics.find(metric => metric.key === plain);
    if (!found) {
      const known = ['loss', ...this.need().metrics.map(metric => metric.key)];
      throw new ConfigError(
        `there is no figure "${key}"; there are: ${known.join(', ')}, and these with val_ before where validation data are given`,
      );
    }
    return found.metric.direction;
  }

  private need(): Compiled {
    if (!this.compiled)
      throw new ConfigError(`the model "${this.name}" has to be compiled first: model.compile({ optimizer: 'adam', loss: '…' })`);
    return this.compiled;
  }

  /** The figures of the epoch, kept batch by batch. */
  get tracked(): Trackers {
    this.need();
    return this.trackers as Trackers;
  }

  // A training step ------------------------------------------------------------------------------------------------------

  /**
   * The gradients of a batch's mean loss, regularization included, and its figures. Changes no weight, but for the moving averages that
   * layers keep of what they see (batch normalization), and these not when it throws. The tensors are the caller's.
   *
   * @throws {DataError} for targets that cannot be: a class number out of range, before anything changes
   * @throws {ShapeError} when the batch does not fit the model
   */
  computeGradients(batch: Batch): StepGradients {
    const putBack = rememberMovingWeights(this);
    try {
      return { ...stepGradients(this, this.need(), batch), putBack };
    } catch (error) {
      putBack();
      throw error;
    }
  }

  /**
   * Updates the weights by gradients of {@link computeGradients}.
   *
   * @param parameters the weights that they are of. @default all that training changes
   */
  applyGradients(gradients: readonly (Tensor | null)[], parameters: readonly Parameter[] = this.trainableWeights): void {
    if (gradients.length > 0) this.optimizer.apply(gradients, parameters);
  }

  /**
   * One step of training. Override it to train in a way of your own; what it gives are the figures of the epoch so far.
   *
   * @throws {DataError} `numeric` when the loss is not finite, naming the first layer whose outputs are not, before a weight changes
   */
  async trainStep(batch: Batch): Promise<Logs> {
    // What is captured changes nothing that would have to be put back.
    const step = this.captured
      ? { ...stepGradients(this, this.need(), batch, this.captured), putBack: () => {} }
      : this.computeGradients(batch);
    try {
      const values = await step.figures.data();
      if (!Number.isFinite(values[0])) {
        const error = this.notFinite(batch, values[0] as number);
        step.putBack();
        throw error;
      }
      this.applyGradients(step.gradients, step.parameters);
      this.tracked.add(values, step.metricSizes, step.samples);
      return this.tracked.logs();
    } finally {
      release(step, step.gradients);
    }
  }

  /** Has the steps from now on captured, or no longer: a run of `fit` does. @internal */
  captureSteps(capture: boolean): void {
    this.captured?.dispose();
    this.captured = null;
    if (capture && canCapture(this, this.need(), true)) this.captured = new CapturedStep(this);
  }

  /** For the batches of an evaluation: to be given to {@link capturedFigures}, and disposed of. Null where each is to be computed op by op. @internal */
  captureEvaluation(): CapturedStep | null {
    return canCapture(this, this.need(), false) ? new CapturedStep(this) : null;
  }

  /** The figures of a batch, without training; the tensors are the caller's. */
  computeFigures(batch: Batch): BatchFigures {
    return stepFigures(this, this.need(), batch);
  }

  /** {@link computeFigures} by what {@link captureEvaluation} gave. @internal */
  capturedFigures(batch: Batch, captured: CapturedStep): BatchFigures {
    return stepFigures(this, this.need(), batch, captured);
  }

  private notFinite(batch: Batch, loss: number): DataError {
    const { where, remedy } = scope(() => nonFiniteLayer(this, batchTensors(this, batch, false).x));
    return new DataError(`the loss is ${loss} at step ${this.optimizer.iterations}: ${where}. ${remedy}`, { code: 'numeric' });
  }

  /** Builds what is not built, from inputs of one batch. */
  ensureBuiltFor(x: readonly Tensor[]): void {
    if (this.built && this.layers.every(layer => layer.built)) return;
    this.ensureBuilt(x.length === 1 ? (x[0] as Tensor).shape : x.map(input => input.shape));
    // A subclass' layers are built by being called.
    if (!this.layers.every(layer => layer.built)) tidy(() => void this.forward([...x], { training: false, mask: null, step: 0 }));
  }

  // Training, judging, predicting ------------------------------------------------------------------------------------------

  /**
   * Trains on arrays, tensors or a data set of batches.
   *
   * @returns the figures of every epoch
   * @throws {ConfigError} for an option that there is not, or before `compile`
   * @throws {DataError} when the data do not fit, or the loss is not finite
   */
  fit(x: ModelData | BatchDataset | BatchSource, y?: ModelData | FitOptions, options?: FitOptions): Promise<History> {
    this.need();
    return fit(this, x, y, options);
  }

  /** {@link fit} on a data set of batches, as tfjs-layers has it. */
  fitDataset(dataset: BatchDataset, options: FitDatasetOptions = {}): Promise<History> {
    this.need();
    return fit(this, dataset, options);
  }

  /**
   * Loss and metrics on arrays or tensors, without training, in the order of the logs.
   *
   * @returns scalars as tfjs-layers gives them, one or a list, the caller's to dispose of; with `returnDict`, numbers by name
   */
  evaluate(x: ModelData, y: ModelData, options: EvaluateOptions & { returnDict: true }): Logs;
  evaluate(x: ModelData, y: ModelData, options?: EvaluateOptions): Scalar | Scalar[];
  evaluate(x: ModelData, y: ModelData, options: EvaluateOptions = {}): Logs | Scalar | Scalar[] {
    this.need();
    const logs = evaluateSource(this, this.arraySource(x, y, options));
    if (options.returnDict) return logs;
    const scalars = Object.values(logs).map(value => scalar(value));
    return scalars.length === 1 ? (scalars[0] as Scalar) : scalars;
  }

  /** Loss and metrics over a data set of batches. */
  evaluateDataset(dataset: BatchDataset | BatchSource): Promise<Logs> {
    this.need();
    return evaluateSourceAsync(this, isBatchDataset(dataset) ? datasetBatches(dataset) : dataset);
  }

  /**
   * The model's outputs for arrays or tensors of any number of samples.
   *
   * @returns `[samples, …]`, or a list where the model has several outputs; the caller's to dispose of
   */
  predict(x: ModelData, options: { batchSize?: number } = {}): Tensor | Tensor[] {
    checkKnown(options, ['batchSize'], 'predict');
    const batchSize = positive(options.batchSize ?? 32, 'batchSize');
    const source = arrayBatches({ x: toArrays(x, this.inputNames, 'x'), batchSize });
    if (source.samples === 0) throw new DataError('there is nothing to predict: x has no samples');
    return tidy(() => {
      const parts = [...(source.batches(0) as Iterable<Batch>)].map(batch => this.predictBatch(batch));
      const outputs = (parts[0] as Tensor[]).map((_, index) => {
        const pieces = parts.map(part => part[index] as Tensor);
        return pieces.length === 1 ? (pieces[0] as Tensor) : concat(pieces);
      });
      return outputs.length === 1 ? (outputs[0] as Tensor) : outputs;
    });
  }

  /** {@link predict} on all samples at once. */
  predictOnBatch(x: ModelData): Tensor | Tensor[] {
    return tidy(() => {
      const outputs = this.predictBatch({ x: x as Batch['x'] });
      return outputs.length === 1 ? (outputs[0] as Tensor) : outputs;
    });
  }

  private predictBatch(batch: Batch): Tensor[] {
    return tidy(() => {
      const { x } = batchTensors(this, batch, false);
      this.ensureBuiltFor(x);
      return this.forward(x, { training: false, mask: null, step: 0 }).outputs;
    });
  }

  /** One step of training on all of the data. @returns the loss, or loss and metrics, as tfjs-layers gives them */
  async trainOnBatch(x: ModelData, y: ModelData, options: { sampleWeight?: HostArray | Tensor } = {}): Promise<number | number[]> {
    checkKnown(options, ['sampleWeight'], 'trainOnBatch');
    this.tracked.reset();
    const logs = await this.trainStep({ x: x as Batch['x'], y: y as Batch['x'], ...options });
    const values = Object.values(logs);
    return values.length === 1 ? (values[0] as number) : values;
  }

  private arraySource(x: ModelData, y: ModelData, options: EvaluateOptions): BatchSource {
    checkKnown(options, ['batchSize', 'sampleWeight', 'returnDict'], 'evaluate');
    const { sampleWeight } = options;
    return arrayBatches({
      x: toArrays(x, this.inputNames, 'x'),
      y: toArrays(y, this.outputNames, 'y'),
      batchSize: positive(options.batchSize ?? 32, 'batchSize'),
      sampleWeight: sampleWeight === undefined ? undefined : toArrays(sampleWeight, ['sampleWeight'], 'sampleWeight')[0],
    });
  }

  /** The table that Keras prints: layers, output shapes, numbers of weights. Prints it, and gives it. */
  summary(options: SummaryOptions = {}): string {
    return summary(this, options);
  }

  /**
   * Saves the model in tfjs' layers-model format, with its {@link metadata}; `loadModel` loads it, and so does tfjs-layers.
   *
   * @param target a folder (Node), `downloads://`, `indexeddb://`, `localstorage://` (pages), or what takes the artifacts itself
   * @throws {ConfigError} when it is not built, or has what a file cannot hold
   * @throws {DataError} `storage` when it cannot be written; an earlier model is then still there
   */
  save(target: SaveTarget, options: SaveOptions = {}): Promise<void> {
    return saveModel(this, target, options);
  }

  /** Saves the weights alone, in the same format; for {@link loadWeights}. */
  saveWeights(target: SaveTarget): Promise<void> {
    return saveWeights(this, target);
  }

  /** Takes the weights of a saved model of the same layers, or those that {@link saveWeights} saved. @throws {FormatError} when they are others */
  loadWeights(source: LoadSource): Promise<void> {
    return loadWeights(this, source);
  }

  /** Frees the weights and the optimizer's memory. The model is of no use afterwards. */
  override dispose(): void {
    super.dispose();
    this.compiled?.optimizer.dispose();
  }
}
