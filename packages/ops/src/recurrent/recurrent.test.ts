import { describe, expect, it } from 'vitest';
import * as tf from '../index.js';
import { ConfigError, gru, lstm, type RecurrentResult, ShapeError, simpleRnn } from '../index.js';
import { onPlainBackend } from './plain-backend.testing.js';
import { type Numbers, type ReferenceOptions, runReference } from './reference.testing.js';

const OPS = { simpleRnn, lstm, gru };
const GATES = { simpleRnn: 1, lstm: 4, gru: 3 };

interface Case extends ReferenceOptions {
  name: string;
  oneHot?: boolean;
}

/** Sizes off the kernels' tiles of four, masks and directions. */
const CASES: Case[] = (['simpleRnn', 'lstm', 'gru'] as const).flatMap(cell =>
  [true, ...(cell === 'gru' ? [false] : [])].flatMap(resetAfter => {
    const title = `${cell}${resetAfter ? '' : ', reset before'}`;
    const shared = { cell, resetAfter };
    return [
      { ...shared, name: `${title}, one of everything`, batch: 1, time: 1, features: 1, units: 1 },
      { ...shared, name: `${title}, odd sizes`, batch: 5, time: 3, features: 3, units: 5, goBackwards: true },
      { ...shared, name: `${title}, whole tiles`, batch: 4, time: 2, features: 4, units: 4 },
      { ...shared, name: `${title}, one-hot rows and empty ones`, batch: 2, time: 4, features: 6, units: 3, oneHot: true },
      {
        ...shared,
        name: `${title}, a masked row and one with holes`,
        batch: 3,
        time: 3,
        features: 2,
        units: 2,
        mask: [
          [0, 0, 0],
          [1, 0, 1],
          [1, 1, 1],
        ],
        goBackwards: true,
      },
    ];
  }),
);

const shapesOf = ({ cell, batch, time, features, units, resetAfter }: Case): Record<string, number[]> => {
  const columns = GATES[cell] * units;
  return {
    x: [batch, time, features],
    kernel: [features, columns],
    recurrentKernel: [units, columns],
    bias: cell === 'gru' && resetAfter ? [2, columns] : [columns],
    h: [batch, units],
    ...(cell === 'lstm' ? { c: [batch, units] } : {}),
  };
};

const draw = (size: number, path: string): Float64Array =>
  Float64Array.from(tf.normalValues(tf.randomKey(7, path), [size]), value => Math.fround(0.7 * value));

function drawInputs(options: Case): Numbers {
  const inputs = Object.fromEntries(Object.entries(shapesOf(options)).map(([key, shape]) => [key, draw(tf.sizeOf(shape), key)]));
  if (options.oneHot) {
    const { batch, time, features } = options;
    inputs.x = new Float64Array(batch * time * features);
    // The first time of every sample stays empty; the others have one value that is not always 1.
    for (let row = 0; row < batch * time; row++)
      if (row % time !== 0) inputs.x[row * features + ((row * 5) % features)] = row === 1 ? -2 : 1;
  }
  return inputs;
}

/** The op's outputs by name, from tensors by name. */
function run(options: Case, tensors: Record<string, tf.Tensor>): Record<string, tf.Tensor> {
  const { x, kernel, recurrentKernel, bias, h, c } = tensors as Record<'x' | 'kernel' | 'recurrentKernel' | 'bias' | 'h', tf.Tensor> & {
    c?: tf.Tensor;
  };
  const shared = { x, kernel, recurrentKernel, bias, initialState: c ? [h, c] : [h], goBackwards: options.goBackwards };
  const mask = options.mask ? tf.tensor2d(options.mask as number[][], undefined, 'int32') : undefined;
  const { sequence, states }: RecurrentResult =
    options.cell === 'gru' ? gru({ ...shared, mask, resetAfter: options.resetAfter }) : OPS[options.cell]({ ...shared, mask });
  return { sequence, h: states[0]!, ...(states[1] ? { c: states[1] } : {}) };
}

/** Weights of the outputs in the loss, drawn by name. */
const lossWeights = (name: string, size: number): Float64Array => draw(size, `weights/${name}`);

function referenceLoss(inputs: Numbers, options: Case): number {
  return Object.entries(runReference(inputs, options)).reduce((total, [name, values]) => {
    const weights = lossWeights(name, values.length);
    return total + values.reduce((sum, value, i) => sum + value * weights[i]!, 0);
  }, 0);
}

function gradients(options: Case, inputs: Numbers): Record<string, tf.Tensor> {
  const names = Object.keys(inputs);
  const shapes = shapesOf(options);
  const named = (tensors: tf.Tensor[]) => Object.fromEntries(tensors.map((tensor, i) => [names[i]!, tensor]));
  const loss = (...tensors: tf.Tensor[]) =>
    tf.addN(
      Object.entries(run(options, named(tensors))).map(([name, output]) =>
        tf.sum(tf.mul(output, tf.tensor(Float32Array.from(lossWeights(name, output.size)), output.shape))),
      ),
    ) as tf.Scalar;
  return tf.tidy(() => named(tf.grads(loss)(names.map(name => tf.tensor(Float32Array.from(inputs[name]!), shapes[name]!)))));
}

describe.each(CASES)('$name', options => {
  const inputs = drawInputs(options);
  const shapes = shapesOf(options);

  it('gives what plain loops in double precision give, within 1e-6', () => {
    tf.tidy(() => {
      const tensors = Object.fromEntries(
        Object.entries(inputs).map(([name, values]) => [name, tf.tensor(Float32Array.from(values), shapes[name]!)]),
      );
      const outputs = run(options, tensors);
      for (const [name, expected] of Object.entries(runReference(inputs, options))) {
        const actual = outputs[name]!.dataSync();
        expect(actual.length).toBe(expected.length);
        expect(Math.max(...expected.map((value, i) => Math.abs(value - actual[i]!))), name).toBeLessThan(1e-6);
      }
    });
  });

  it('has the gradients that its values imply, to every input', () => {
    tf.tidy(() => {
      for (const [name, tensor] of Object.entries(gradients(options, inputs))) {
        const analytic = tensor.dataSync();
        const values = inputs[name]!;
        const numerical = values.map((value, i) => {
          const moved = (by: number) =>
            referenceLoss({ ...inputs, [name]: values.map((other, j) => (j === i ? value + by : other)) }, options);
          return (moved(1e-5) - moved(-1e-5)) / 2e-5;
        });
        numerical.forEach((n, i) => {
          const a = analytic[i]!;
          expect(Math.abs(a - n), `${name}[${i}]`).toBeLessThanOrEqual(1e-4 * Math.max(1, Math.abs(a), Math.abs(n)));
        });
      }
    });
  });
});

describe.each(['simpleRnn', 'lstm', 'gru'] as const)('%s', cell => {
  const options: Case = { name: cell, cell, batch: 2, time: 3, features: 2, units: 3, resetAfter: true };
  const inputs = drawInputs(options);
  const tensorsOf = () =>
    Object.fromEntries(
      Object.entries(inputs).map(([name, values]) => [name, tf.tensor(Float32Array.from(values), shapesOf(options)[name]!)]),
    );

  it('leaves no tensor behind, whether a gradient is taken or not, with kernels or composed', async () => {
    const check = () => {
      const tensors = tensorsOf();
      const before = tf.memory().numTensors;
      const outputs = run(options, tensors);
      expect(tf.memory().numTensors - before).toBe(Object.keys(outputs).length);
      tf.dispose(outputs);
      tf.dispose(gradients(options, inputs));
      expect(tf.memory().numTensors).toBe(before);
      tf.dispose(tensors);
    };
    check();
    await onPlainBackend(check);
  });

  it('starts from zeros, and adds none, when state and bias are left out', () => {
    tf.tidy(() => {
      const { x, kernel, recurrentKernel } = tensorsOf();
      const zero = { ...inputs, bias: inputs.bias!.map(() => 0), h: inputs.h!.map(() => 0), c: new Float64Array(6) };
      const expected = runReference(zero, options).sequence!;
      const actual = OPS[cell]({ x: x!, kernel: kernel!, recurrentKernel: recurrentKernel! }).sequence.dataSync();
      expect(Math.max(...expected.map((value, i) => Math.abs(value - actual[i]!)))).toBeLessThan(1e-6);
    });
  });

  it('takes a mask that was computed from what is differentiated', () => {
    tf.tidy(() => {
      const { x, kernel, recurrentKernel } = tensorsOf() as Record<string, tf.Tensor>;
      const masked = (input: tf.Tensor) =>
        tf.sum(
          OPS[cell]({ x: input, kernel: kernel!, recurrentKernel: recurrentKernel!, mask: tf.any(tf.notEqual(input, 0), -1) }).sequence,
        );
      expect(tf.grad(masked)(x!).shape).toEqual([2, 3, 2]);
    });
  });

  it('shows a NaN in a weight even where one-hot rows would skip it', () => {
    tf.tidy(() => {
      const { recurrentKernel } = tensorsOf();
      const kernel = tf.tensor2d([[...Array(GATES[cell] * 3).keys()], Array(GATES[cell] * 3).fill(Number.NaN)]);
      const x = tf.tensor3d([[[1, 0]]]);
      const { states } = OPS[cell]({ x, kernel, recurrentKernel: recurrentKernel! });
      expect([...states[0]!.dataSync()]).toEqual([Number.NaN, Number.NaN, Number.NaN]);
    });
  });

  it('takes an empty batch, and steps without features', () => {
    tf.tidy(() => {
      const weights = { kernel: tf.zeros([0, GATES[cell] * 3]), recurrentKernel: tf.zeros([3, GATES[cell] * 3]) };
      expect(OPS[cell]({ ...weights, x: tf.zeros([0, 2, 0]) }).sequence.shape).toEqual([0, 2, 3]);
      expect([...OPS[cell]({ ...weights, x: tf.zeros([1, 2, 0]) }).states[0]!.dataSync()]).toEqual([0, 0, 0]);
    });
  });

  const columns = GATES[cell] * 3;
  const name = GATES[cell] === 1 ? 'units' : `${GATES[cell]} · units`;
  const good = () => ({ x: tf.zeros([2, 3, 2]), kernel: tf.zeros([2, columns]), recurrentKernel: tf.zeros([3, columns]) });
  const withTwo = `${cell} with x of shape [2, 3, 2] and 3 units needs`;

  it.each([
    ['x of rank 2', () => ({ ...good(), x: tf.zeros([2, 3]) }), `${cell} needs x of shape [batch, time, features]; got [2, 3]`],
    ['no time', () => ({ ...good(), x: tf.zeros([2, 0, 2]) }), `${cell} needs at least one time step; got x of shape [2, 0, 2]`],
    [
      'another kernel',
      () => ({ ...good(), kernel: tf.zeros([5, columns]) }),
      `${withTwo} kernel of shape [2, ${columns}], [features, ${name}]; got [5, ${columns}]`,
    ],
    [
      'another recurrent kernel',
      () => ({ ...good(), recurrentKernel: tf.zeros([3, 5]) }),
      `${cell} needs recurrentKernel of shape [units, ${name}]; got [3, 5]`,
    ],
    [
      'another state',
      () => ({ ...good(), initialState: [tf.zeros([1, 3]), ...(cell === 'lstm' ? [tf.zeros([2, 3])] : [])] }),
      `${withTwo} initialState h of shape [2, 3], [batch, units]; got [1, 3]`,
    ],
    ['another mask', () => ({ ...good(), mask: tf.zeros([3, 2]) }), `${withTwo} mask of shape [2, 3], [batch, time]; got [3, 2]`],
  ] as const)('refuses %s', (_, make, message) => {
    tf.tidy(() => {
      expect(() => OPS[cell](make())).toThrow(new ShapeError(message));
    });
  });

  it('refuses a bias of another shape', () => {
    const text = cell === 'gru' ? `[2, ${columns}], [2, ${name}]` : `[${columns}], [${name}]`;
    tf.tidy(() => {
      expect(() => OPS[cell]({ ...good(), bias: tf.zeros([1]) })).toThrow(new ShapeError(`${withTwo} bias of shape ${text}; got [1]`));
    });
  });

  it('refuses unknown options, activations and numbers of states', () => {
    tf.tidy(() => {
      const misspelt = { ...good(), goBackward: true };
      expect(() => OPS[cell](misspelt)).toThrow(new ConfigError(`${cell}: there is no option "goBackward"; did you mean "goBackwards"?`));
      expect(() => OPS[cell]({ ...good(), activation: 'tanhh' })).toThrow(/^there is no activation "tanhh"; did you mean "tanh"\?$/);
      const states = cell === 'lstm' ? '[h, c]' : '[h]';
      expect(() => OPS[cell]({ ...good(), initialState: [] })).toThrow(
        new ConfigError(`${cell}: initialState must be ${states}; got 0 tensors`),
      );
    });
  });
});
