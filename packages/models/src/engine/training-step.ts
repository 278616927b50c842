import type { CallContext } from '@jogak/layers';
import { add, type Batch, keep, mul, type Parameter, scalar, type Tensor, valueAndGradients, withoutGradient } from '@jogak/ops';
import { type BatchTensors, batchTensors } from './batch-tensors.js';
import type { CapturedStep, Computed } from './captured-step.js';
import type { Compiled } from './compiled.js';
import type { Model } from './model.js';
import { scope } from './scope.js';
import { Trackers } from './trackers.js';

/** What comes of computing a batch's loss. */
export interface BatchFigures {
  /** Sum of the loss over what counts: samples, or steps that no mask takes out. Scalar. */
  readonly lossSum: Tensor;
  /** What `lossSum` is divided by for the mean; scalar. */
  readonly count: Tensor;
  /** All figures in one tensor, see {@link Trackers.pack}. */
  readonly figures: Tensor;
  /** How many sums each metric has in `figures`. */
  readonly metricSizes: readonly number[];
  readonly samples: number;
}

/** {@link BatchFigures} and the gradients of the mean loss. */
export interface StepGradients extends BatchFigures {
  /** The weights that they are of: all that training changes. */
  readonly parameters: readonly Parameter[];
  /** One for each of `parameters`; null where the loss does not depend on the weight. */
  readonly gradients: readonly (Tensor | null)[];
  /** Puts moving averages and states back to what they were before the batch: for a step that is not to be taken. */
  putBack(): void;
}

/** The work of {@link Model.computeGradients}. @param captured runs the kernels of earlier steps again, where it has them */
export function stepGradients(
  model: Model,
  compiled: Compiled,
  batch: Batch,
  captured: CapturedStep | null = null,
): Omit<StepGradients, 'putBack'> {
  return scope(() => {
    const tensors = batchTensors(model, batch, true);
    model.ensureBuiltFor(tensors.x);
    const parameters = model.trainableWeights;
    compiled.optimizer.build(parameters);
    const compute = (): Computed => {
      let figures: BatchFigures | null = null;
      const total = (): Tensor => {
        const computed = lossOf(model, compiled, tensors, parameters, true);
        // What leaves the tape's own tidy has to be kept; the caller frees it.
        for (const tensor of [computed.lossSum, computed.count, computed.figures]) keep(tensor);
        figures = computed;
        return computed.total;
      };
      const { gradients } = valueAndGradients(
        total,
        parameters.map(parameter => parameter.value),
      );
      const { lossSum, count, figures: packed, ...rest } = figures as unknown as BatchFigures;
      return { outputs: [lossSum, count, packed, ...gradients], metricSizes: rest.metricSizes };
    };
    const { outputs, metricSizes } = captured
      ? captured.run(inputsOf(tensors), parameters, compiled.optimizer.iterations, compute)
      : compute();
    const [lossSum, count, figures, ...gradients] = outputs as [Tensor, Tensor, Tensor, ...(Tensor | null)[]];
    return { lossSum, count, figures, metricSizes, samples: tensors.samples, parameters, gradients };
  });
}

/** The work of {@link Model.computeFigures}. @param captured as that of {@link stepGradients} */
export function stepFigures(model: Model, compiled: Compiled, batch: Batch, captured: CapturedStep | null = null): BatchFigures {
  return scope(() => {
    const tensors = batchTensors(model, batch, true);
    model.ensureBuiltFor(tensors.x);
    const parameters = model.trainableWeights;
    const compute = (): Computed => {
      const { lossSum, count, figures, metricSizes } = lossOf(model, compiled, tensors, parameters, false);
      return { outputs: [lossSum, count, figures], metricSizes };
    };
    const { outputs, metricSizes } = captured
      ? captured.run(inputsOf(tensors), parameters, compiled.optimizer.iterations, compute)
      : compute();
    const [lossSum, count, figures] = outputs as [Tensor, Tensor, Tensor];
    return { lossSum, count, figures, metricSizes, samples: tensors.samples };
  });
}

/** What differs from batch to batch. */
const inputsOf = ({ x, y, sampleWeight }: BatchTensors): readonly Tensor[] => [...x, ...y, ...(sampleWeight ? [sampleWeight] : [])];

/** Frees the tensors of a step. */
export function release(figures: BatchFigures, gradients: readonly (Tensor | null)[] = []): void {
  for (const tensor of [figures.lossSum, figures.count, figures.figures, ...gradients]) tensor?.dispose();
}

/** @returns with the figures `total`, what is minimized: the loss and all penalties */
function lossOf(
  model: Model,
  compiled: Compiled,
  batch: BatchTensors,
  parameters: readonly Parameter[],
  training: boolean,
): BatchFigures & { total: Tensor } {
  const penalties: Tensor[] = [];
  const context: CallContext = { training, mask: null, step: compiled.optimizer.iterations, addLoss: penalty => penalties.push(penalty) };
  const { outputs, masks } = model.forward(batch.x, context);
  compiled.checkTargets(batch.y, outputs);
  const loss = compiled.loss(batch.y, outputs, batch.sampleWeight, masks);
  for (const weight of parameters) if (weight.regularizer) penalties.push(weight.regularizer.apply(weight.value));
  const total = penalties.reduce<Tensor>((sum, penalty) => add(sum, penalty), loss.total);
  const metricSizes: number[] = [];
  // Figures are looked at, not minimized: off the tape, nothing of them is kept for the backward pass.
  const figures = withoutGradient(() => {
    const metricSums = compiled.metricSums(batch.y, outputs, masks);
    metricSizes.push(...metricSums.map(sums => sums.size));
    return Trackers.pack({ ...loss, total }, metricSums);
  });
  const only = loss.outputs.length === 1 ? loss.outputs[0] : undefined;
  const count = only ? asScalar(only.count) : scalar(batch.samples);
  return {
    total,
    lossSum: only ? only.sum : mul(loss.total, batch.samples),
    count,
    figures,
    metricSizes,
    samples: batch.samples,
  };
}

const asScalar = (count: Tensor | number): Tensor => (typeof count === 'number' ? scalar(count) : count);
