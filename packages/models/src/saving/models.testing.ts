import type { CallContext, Shape } from '@jogak/layers';
import * as layers from '@jogak/layers';
import { type HostArray, hostArray, type io, mul, randomKey, type Tensor, uniformValues } from '@jogak/ops';
import { type Functional, Model, model, type Sequential, sequential } from '../index.js';

/** Numbers from -1 to 1, the same at every run. */
export function values(shape: readonly number[], seed = 1): HostArray {
  return hostArray(uniformValues(randomKey(seed, 'saving'), shape, -1, 1), shape);
}

/** Takes artifacts, and gives them as a file would: sharing nothing with the model. */
export class Memory {
  artifacts: io.ModelArtifacts | null = null;

  async save(artifacts: io.ModelArtifacts): Promise<io.SaveResult> {
    this.artifacts = structuredClone(artifacts);
    return { modelArtifactsInfo: { dateSaved: new Date(), modelTopologyType: 'JSON' } };
  }

  async load(): Promise<io.ModelArtifacts> {
    return structuredClone(this.artifacts as io.ModelArtifacts);
  }
}

/** A model's outputs, all one behind the other. */
export function predictions(built: Model, x: HostArray | readonly HostArray[]): number[] {
  const outputs = [built.predict(x)].flat() as Tensor[];
  const numbers = outputs.flatMap(output => [...output.dataSync()]);
  for (const output of outputs) output.dispose();
  return numbers;
}

export const cnn = (): Sequential =>
  sequential({
    name: 'cnn',
    layers: [
      layers.conv2d({ filters: 3, kernelSize: 3, padding: 'same', activation: 'relu', inputShape: [6, 6, 1], kernelRegularizer: 'l1L2' }),
      layers.maxPooling2d({ poolSize: 2 }),
      layers.averagePooling2d({ poolSize: 2, strides: 1 }),
      layers.flatten(),
      layers.dropout({ rate: 0.5 }),
      layers.dense({ units: 4, activation: 'softmax', kernelConstraint: layers.constraints.maxNorm({ maxValue: 3 }) }),
    ],
  });

export const text = (): Sequential =>
  sequential({
    layers: [
      layers.embedding({ inputDim: 10, outputDim: 4, inputShape: [5] }),
      layers.lstm({ units: 3, returnSequences: true }),
      layers.simpleRNN({ units: 2 }),
      layers.dense({ units: 1, activation: 'sigmoid' }),
    ],
  });

/** Two inputs through one layer, joined; two outputs. */
export const twins = (): Functional => {
  const left = layers.input({ shape: [4], name: 'left' });
  const right = layers.input({ shape: [4], name: 'right' });
  const shared = layers.dense({ units: 3, activation: 'tanh', name: 'shared' });
  const joined = layers.concatenate({ name: 'join' }).apply([shared.apply(left), shared.apply(right)]);
  const scaled = layers.batchNormalization({ name: 'scaled' }).apply(joined);
  const one = layers.dense({ units: 1, name: 'one' }).apply(scaled);
  const two = layers.dense({ units: 2, name: 'two' }).apply(joined);
  return model({ inputs: [left, right], outputs: [one, two], name: 'twins' });
};

/** A sequential model within a functional one. */
export const nested = (): Functional => {
  const x = layers.input({ shape: [4], name: 'x' });
  const body = sequential({ name: 'body', layers: [layers.dense({ units: 3, inputShape: [4] }), layers.layerNormalization()] });
  return model({ inputs: x, outputs: layers.dense({ units: 1 }).apply(body.apply(x)), name: 'nested' });
};

export const wrapped = (): Sequential =>
  sequential({
    layers: [
      layers.timeDistributed({ layer: layers.dense({ units: 3 }), inputShape: [4, 2] }),
      layers.bidirectional({ layer: layers.gru({ units: 2, returnSequences: true }) }),
      layers.globalAveragePooling1d(),
    ],
  });

/** A model of one's own, with a weight of its own, built by being called. */
export class Own extends Model {
  static override readonly className = 'Own';
  readonly body = layers.dense({ units: 3, name: 'body' });
  readonly head = layers.dense({ units: 1, name: 'head' });

  override call(x: Tensor, context: CallContext): Tensor {
    return this.head.invoke(this.body.invoke(x, context) as Tensor, context) as Tensor;
  }
}

/** Doubles, and has an option. */
export class Times extends layers.Layer<{ factor: number } & layers.LayerOptions> {
  static override readonly className = 'Times';
  static override readonly options = { factor: { required: true, parse: Number, serialize: (value: number) => value } };

  override call(x: Tensor): Tensor {
    return mul(x, (this.config as { factor: number }).factor);
  }

  override computeOutputShape(shape: Shape): Shape {
    return shape;
  }
}
