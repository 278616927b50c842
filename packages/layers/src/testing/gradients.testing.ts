import { add, mul, type Scalar, sum, type Tensor, tensor, tidy, type Variable, variable, variableGrads } from '@jogak/ops';
import type { CallContext } from '../base/call-context.js';
import type { Layer } from '../base/layer.js';
import { outputWeight } from './values.testing.js';

/** Values by input, and by trainable weight. */
export interface Gradients {
  readonly inputs: readonly (Float32Array | null)[];
  readonly weights: readonly (Float32Array | null)[];
}

/** One tensor or several, as a list. */
export const listOf = <T>(value: T | readonly T[]): T[] => (Array.isArray(value) ? [...value] : [value as T]);

/** A list of one as the one, unless the layer takes lists. */
export const asInputs = (list: Tensor[], takesList: boolean): Tensor | Tensor[] => (takesList ? list : (list[0] as Tensor));

/** `Σ outputWeight(i) · output[i]` over all outputs, in double precision. */
export function weightedSum(outputs: Tensor | readonly Tensor[]): number {
  let i = 0;
  const values = listOf(outputs).flatMap(output => Array.from(output.dataSync()));
  return values.reduce((total, value) => total + value * outputWeight(i++), 0);
}

/** The gradients of {@link weightedSum} by the inputs and the trainable weights, from the tape. */
export function tapeGradients(layer: Layer, inputs: readonly Tensor[], takesList: boolean, context: CallContext): Gradients {
  const variables = inputs.map(input => (input.dtype === 'float32' ? variable(input, true) : input));
  const floats = variables.filter(input => input.dtype === 'float32') as Variable[];
  const weights = layer.trainableWeights.map(weight => weight.value);
  if (floats.length + weights.length === 0) return { inputs: inputs.map(() => null), weights: [] };
  const loss = (): Scalar => {
    let i = 0;
    return listOf(layer.invoke(asInputs([...variables], takesList), context))
      .map(output =>
        sum(
          mul(
            output,
            tensor(
              Float32Array.from({ length: output.size }, () => outputWeight(i++)),
              output.shape,
            ),
          ),
        ),
      )
      .reduce((total, part) => add(total, part)) as Scalar;
  };
  const { value, grads } = variableGrads(loss, [...floats, ...weights]);
  const of = (variable: Tensor): Float32Array | null => {
    const gradient = grads[(variable as Variable).name];
    return gradient ? (gradient.dataSync().slice() as Float32Array) : null;
  };
  const result = { inputs: variables.map(of), weights: weights.map(of) };
  for (const tensor of [value, ...Object.values(grads), ...floats]) tensor.dispose();
  return result;
}

/** The same by central differences, in steps of 0.02 and 0.01, extrapolated to 0 (Richardson), so that single precision is enough. */
export function numericalGradients(layer: Layer, inputs: readonly Tensor[], takesList: boolean, context: CallContext): Gradients {
  const evaluate = (list: readonly Tensor[]): number => tidy(() => weightedSum(layer.invoke(asInputs([...list], takesList), context)));
  const differentiate = (values: Float32Array, evaluateWith: (values: Float32Array) => number): Float32Array =>
    values.map((value, at) => {
      const difference = (step: number): number => {
        const [up, down] = [value + step, value - step].map(Math.fround) as [number, number];
        return (evaluateWith(values.with(at, up)) - evaluateWith(values.with(at, down))) / (up - down);
      };
      return (4 * difference(0.01) - difference(0.02)) / 3;
    });
  return {
    inputs: inputs.map((input, index) =>
      input.dtype === 'float32'
        ? differentiate(input.dataSync().slice() as Float32Array, values =>
            tidy(() => evaluate(inputs.with(index, tensor(values, input.shape)))),
          )
        : null,
    ),
    weights: layer.trainableWeights.map(weight => {
      const before = weight.read();
      const assign = (values: Float32Array): void => weight.update(() => tensor(values, weight.shape));
      const gradient = differentiate(before.data as Float32Array, values => {
        assign(values);
        return evaluate(inputs);
      });
      assign(before.data as Float32Array);
      return gradient;
    }),
  };
}
