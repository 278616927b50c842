import { setBackend } from '@jogak/ops';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { applyGolden, expectClose, golden, goldenWeights, nonNegative, registerPlainBackend } from './golden.testing.js';
import { getOptimizer } from './index.js';

registerPlainBackend();

/** `cpu` has the multi-tensor kernel; `plain` has not, and takes the optimizers' own ops. */
describe.each(['cpu', 'plain'])('five steps on %s', backend => {
  beforeAll(() => setBackend(backend));
  afterAll(() => setBackend('cpu'));

  it.each(Object.entries(golden.cases))('%s: weights and slots are those of Keras', (_name, wanted) => {
    const config = { name: wanted.className.toLowerCase(), ...wanted.options };
    const optimizer = getOptimizer({ className: wanted.className, config });
    const parameters = goldenWeights(wanted.constrained ? nonNegative : undefined);
    applyGolden(optimizer, parameters);
    if (wanted.finalized) optimizer.finalizeVariableValues();
    for (const parameter of parameters) expectClose(parameter.read().data, wanted.weights[parameter.path] as number[]);
    expect(optimizer.slots.map(slot => slot.path)).toEqual(wanted.slots.map(([path]) => path));
    for (const [index, [, values]] of wanted.slots.entries()) expectClose(optimizer.slots[index]!.read().data, values);
  });
});

it.each(Object.entries(golden.defaults))('%s has the defaults of Keras', (className, config) => {
  const { lossScaleFactor, gradientAccumulationSteps, ...known } = config;
  expect(getOptimizer(className).getConfig()).toEqual(known);
  expect(getOptimizer({ className, config }).getConfig()).toEqual(known);
});
