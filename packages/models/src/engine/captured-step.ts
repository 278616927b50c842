import { isBuiltIn, type Layer } from '@jogak/layers';
import { CapturedComputation, type Parameter, type Tensor } from '@jogak/ops';
import { isBuiltInLoss } from '../losses/registry.js';
import { isBuiltInMetric } from '../metrics/registry.js';
import type { Compiled } from './compiled.js';

/** What a captured step needs of its model: the model itself gives it. */
type StepModel = Pick<Layer, 'weights' | 'keptStates'> & { readonly isPlain: boolean; readonly layers: readonly Layer[] };

/** What a step computes. */
export interface Computed {
  readonly outputs: readonly (Tensor | null)[];
  /** How many sums each metric has among the figures. */
  readonly metricSizes: readonly number[];
}

/** The step of a run of `fit`, or of `evaluate`, whose kernels are captured: every step has the same ones. */
export class CapturedStep {
  private readonly computation = new CapturedComputation();
  private parameters: readonly Parameter[] = [];
  private constants: readonly Parameter[] = [];
  private layers: readonly Layer[] = [];
  /** Of the step computed last: they are the same of each. */
  private metricSizes: readonly number[] = [];

  constructor(private readonly model: StepModel) {}

  /**
   * What `compute` gives.
   *
   * @param parameters the weights that are trained
   * @param step its number
   */
  run(inputs: readonly Tensor[], parameters: readonly Parameter[], step: number, compute: () => Computed): Computed {
    const { layers } = this.model;
    if (!areSame(parameters, this.parameters) || !areSame(layers, this.layers)) {
      this.computation.dispose();
      this.parameters = parameters;
      this.layers = [...layers];
      this.constants = this.model.weights;
    }
    const outputs = this.computation.run(
      inputs,
      this.constants.map(constant => constant.value),
      () => {
        const computed = compute();
        this.metricSizes = computed.metricSizes;
        return computed.outputs;
      },
      step,
    );
    return { outputs, metricSizes: this.metricSizes };
  }

  dispose(): void {
    this.computation.dispose();
  }
}

/**
 * Whether a model's step is made of this project's code alone, and so a function of batch and weights. What a user wrote may count
 * steps, or look at numbers, and is called each time. So is everything where a training step changes a state, such as moving averages.
 */
export function canCapture(model: StepModel, compiled: Compiled, training: boolean): boolean {
  return (
    !compiled.options.runEagerly &&
    isOurs(model as unknown as Layer) &&
    model.keptStates().length === 0 &&
    (!training || model.weights.every(weight => weight.trainable)) &&
    compiled.losses.every(isBuiltInLoss) &&
    compiled.metrics.every(({ metric }) => isBuiltInMetric(metric))
  );
}

const isOurs = (layer: Layer): boolean => ((layer as unknown as StepModel).isPlain || isBuiltIn(layer)) && layer.sublayers().every(isOurs);

const areSame = (some: readonly unknown[], others: readonly unknown[]): boolean =>
  some.length === others.length && some.every((item, index) => item === others[index]);
