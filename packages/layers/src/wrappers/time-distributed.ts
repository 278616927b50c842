import { ConfigError, type DataType, type Json, mul, reshape, stack, type Tensor, unstack } from '@jogak/ops';
import { type CallContext, type Mask, onlyMask } from '../base/call-context.js';
import { heldLayer, reviveHeld } from '../base/held-layers.js';
import { Layer, type LayerOptions, type LayerTable, type Revive } from '../base/layer.js';
import { checkShape, isShape, type Shape } from '../base/shape.js';

/** Options of {@link timeDistributed}. */
export interface TimeDistributedOptions extends LayerOptions {
  /** What is applied to every step. */
  layer: Layer;
}

/**
 * Applies a layer to every time step, with the same weights.
 *
 * Input `[batch, time, …]`, output `[batch, time, …]` with what the layer makes of the rest. The weights are the layer's. All steps are computed
 * as one batch; where the layer depends on the batch as a whole (batch normalization, stateful layers), they are computed one after the
 * other. The mask passes on; the layer itself is handed that of a step if it has one axis less than the step.
 *
 * @throws {ShapeError} when the input has no time axis, or nothing after it
 * @throws {ConfigError} when the layer has several outputs
 * @see https://keras.io/api/layers/recurrent_layers/time_distributed/
 */
export class TimeDistributed extends Layer<TimeDistributedOptions> {
  static override readonly className = 'TimeDistributed';
  static override readonly options: LayerTable<TimeDistributedOptions> = { layer: heldLayer<Layer>(Layer, 'a layer') };
  override supportsMasking = true;
  readonly layer: Layer;

  constructor(given: TimeDistributedOptions) {
    super(given);
    this.layer = this.config.layer;
  }

  override build(inputShape: Shape): void {
    this.layer.ensureBuilt(this.shapeOfStep(inputShape));
  }

  override call(x: Tensor, context: CallContext): Tensor {
    this.shapeOfStep(x.shape);
    const mask = onlyMask(context.mask);
    const inner = { ...context, mask: mask && mask.rank === x.rank - 1 ? mask : null };
    return dependsOnBatch(this.layer) ? this.stepByStep(x, inner) : this.asOneBatch(x, inner);
  }

  /** All steps as `batch · time` samples. */
  private asOneBatch(x: Tensor, context: CallContext & { mask: Mask }): Tensor {
    const [batch, time] = x.shape as [number, number];
    const merge = (value: Tensor): Tensor => reshape(value, [batch * time, ...value.shape.slice(2)]);
    const { mask, addLoss } = context;
    const output = this.invokeLayer(merge(x), {
      ...context,
      mask: mask && merge(mask),
      // Penalties are divided by the batch, which is `time` times as large here.
      ...(addLoss ? { addLoss: (penalty: Tensor) => addLoss(mul(penalty, time)) } : {}),
    });
    return reshape(output, [batch, time, ...output.shape.slice(1)]);
  }

  private stepByStep(x: Tensor, context: CallContext & { mask: Mask }): Tensor {
    const masks = context.mask && unstack(context.mask, 1);
    const steps = unstack(x, 1);
    const outputs = steps.map((step, time) =>
      // Every time step draws its own dropout, as it does in one batch.
      this.invokeLayer(step, { ...context, mask: masks?.[time] ?? null, step: context.step * steps.length + time }),
    );
    return stack(outputs, 1);
  }

  private invokeLayer(x: Tensor, context: CallContext): Tensor {
    const output = this.layer.invoke(x, context);
    if (Array.isArray(output)) throw this.severalOutputs(output.length);
    return output;
  }

  private severalOutputs(count: number): ConfigError {
    return new ConfigError(`${this.describe()} needs a layer with one output; ${this.layer.describe()} has ${count}`);
  }

  override computeOutputShape(inputShape: Shape): Shape {
    const [batch = null, ...rest] = this.layer.computeOutputShape(this.shapeOfStep(inputShape)) as Shape;
    if (!isShape([batch, ...rest])) throw this.severalOutputs(rest.length + 1);
    return [batch, inputShape[1] ?? null, ...rest];
  }

  override computeOutputDType(inputDType: DataType): DataType {
    return this.layer.computeOutputDType(inputDType);
  }

  override dispose(): void {
    this.layer.dispose();
  }

  private shapeOfStep(inputShape: Shape): Shape {
    checkShape(inputShape, { minRank: 3, meaning: '[batch, time, …]' }, this.describe());
    return [inputShape[0] ?? null, ...inputShape.slice(2)];
  }

  static override fromConfig(this: new (config: never) => Layer, config: Readonly<Record<string, Json>>, revive: Revive): Layer {
    return new this(reviveHeld(config, ['layer'], revive) as never);
  }
}

/** Whether a layer, or one that it holds, computes a sample with others in view, or keeps something from call to call. */
function dependsOnBatch(layer: Layer): boolean {
  const keeps = layer.weights.some(weight => !weight.trainable) || ('stateful' in layer && layer.stateful === true);
  return keeps || layer.sublayers().some(dependsOnBatch);
}

/** A {@link TimeDistributed} layer. */
export const timeDistributed = (given: TimeDistributedOptions): TimeDistributed => new TimeDistributed(given);
