import {
  add,
  argMax,
  CapturedComputation,
  concat,
  dilation2d,
  engine,
  gather,
  keep,
  keyedDropout,
  matMul,
  memory,
  mul,
  neg,
  oneHot,
  type RandomKey,
  randomKey,
  relu,
  reshape,
  scalar,
  setBackend,
  simpleRnn,
  stepKey,
  sub,
  sum,
  type Tensor,
  type Tensor3D,
  tensor,
  tidy,
  valueAndGradients,
  variable,
  zeros,
} from '@jogak/ops';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SimdBackend } from '../backend.js';
import { configureSimd, ready, simdStatus } from '../index.js';
import { sample, sampleIntegers } from '../kernel.testing.js';

const floats = (shape: number[], seed: number): Tensor => tensor(sample(shape, seed).values, shape);
const ids = (shape: number[], end: number, seed: number): Tensor =>
  tensor(sampleIntegers(shape, end, 'int32', seed).values, shape, 'int32');
const numbers = (outputs: readonly (Tensor | null)[]): (number[] | null)[] => outputs.map(output => output && [...output.dataSync()]);

/** How many kernels the backend was told to run while `work` did. */
function kernelsOf(work: () => void): number {
  const backend = engine().backend as SimdBackend;
  let ops = 0;
  const run = backend.run.bind(backend);
  backend.run = (...given) => {
    ops++;
    run(...given);
  };
  try {
    work();
  } finally {
    backend.run = run;
  }
  return ops;
}

/** The step that a computation of {@link repeat} is in. */
const steps = { now: 0 };

type Compute = (...inputs: Tensor[]) => readonly (Tensor | null)[];

/**
 * Does `compute` ten times, captured, on inputs that `make` makes anew, and holds every result against one that is computed anew.
 *
 * @returns how many times it was computed op by op
 */
function repeat(make: (seed: number) => Tensor[], compute: Compute, constants: readonly Tensor[] = []): number {
  const captured = new CapturedComputation();
  const before = memory().numTensors;
  let calls = 0;
  for (let step = 0; step < 10; step++) {
    tidy(() => {
      const inputs = make(step + 1);
      steps.now = step;
      // On inputs of their own: what is found out about these, or written late, is not to help.
      const expected = numbers(compute(...make(step + 1)));
      const outputs = captured.run(
        inputs,
        constants,
        () => {
          calls++;
          return compute(...inputs);
        },
        step,
      );
      expect(numbers(outputs)).toEqual(expected);
    });
  }
  captured.dispose();
  expect(memory().numTensors).toBe(before);
  return calls;
}

for (const threads of [1, 3]) {
  describe(`a captured computation, ${threads} threads`, () => {
    beforeEach(async () => {
      configureSimd({ threads });
      await ready();
      await setBackend('simd');
    });
    afterEach(() => setBackend('cpu'));

    it('is computed op by op twice, then by its kernels alone, with the same results', () => {
      expect(
        repeat(
          seed => [floats([33, 20], seed), floats([20, 17], seed + 50)],
          (a, b) => [relu(matMul(a!, b!)), sum(a!), null],
        ),
      ).toBe(2);
    });

    it('takes inputs of one size for what they are, wherever they lie', () => {
      expect(
        repeat(
          seed => Array.from({ length: 5 }, (_, index) => floats([16], seed * 7 + index)),
          (a, b, c, d, e) => [add(mul(a!, 2), b!), mul(c!, d!), e ? neg(e) : null, mul(a!, e!)],
        ),
      ).toBe(2);
    });

    it('has gradients', () => {
      const weight = variable(floats([20, 8], 99));
      const calls = repeat(
        seed => [floats([12, 20], seed)],
        x => {
          const { value, gradients } = valueAndGradients(() => sum(relu(matMul(x!, weight))), [weight]);
          return [value, ...gradients];
        },
        [weight],
      );
      expect(calls).toBe(2);
      weight.dispose();
    });

    it('draws by the key of each step', () => {
      const key = (site: string): RandomKey => stepKey(steps.now, step => randomKey(5, site, step));
      expect(
        repeat(
          seed => [floats([40], seed)],
          x => [keyedDropout(x!, key('first'), 0.5), keyedDropout(mul(x!, 2), key('second'), 0.1)],
        ),
      ).toBe(2);
      // One that is the same each time, and one that does not follow the steps.
      expect(
        repeat(
          seed => [floats([40], seed)],
          x => [keyedDropout(x!, randomKey(5), 0.5)],
        ),
      ).toBe(2);
      const half = (): RandomKey => stepKey(Math.floor(steps.now / 2), step => randomKey(5, step));
      expect(
        repeat(
          seed => [floats([40], seed)],
          x => [keyedDropout(x!, half(), 0.5)],
        ),
      ).toBe(10);
    });

    it('reads what its constants hold at the time', () => {
      const captured = new CapturedComputation();
      const weight = variable(tensor([1, 2, 3]));
      const before = memory().numTensors;
      for (let step = 0; step < 6; step++) {
        tidy(() => {
          const x = tensor([step, 1, 1]);
          expect(numbers(captured.run([x], [weight], () => [mul(x, weight)]))).toEqual([
            [step * weight.dataSync()[0]!, ...weight.dataSync().slice(1)],
          ]);
          // Another place each second time, as callbacks that set weights give them.
          if (step === 3) weight.assign(tensor([5, 6, 7]));
        });
      }
      captured.dispose();
      expect(memory().numTensors).toBe(before);
      weight.dispose();
    });

    it('looks up one-hot sequences by their ids, and writes them where they are asked for', () => {
      const kernel = floats([6, 4], 31);
      const recurrent = floats([4, 4], 32);
      const bias = floats([4], 33);
      const compute: Compute = x => [...simpleRnn({ x: x!, kernel, recurrentKernel: recurrent, bias }).states, neg(x!)];
      expect(repeat(seed => [oneHot(ids([5, 7], 7, seed), 6, 1, 0, 'float32')], compute, [kernel, recurrent, bias])).toBe(2);
    });

    it('gives one-hot sequences that were not written yet, and reads them under another shape', () => {
      const sequences = (seed: number): Tensor[] => [oneHot(ids([5, 8], 6, seed), 6, 1, 0, 'float32')];
      expect(repeat(sequences, x => [sum(reshape(x!, [10, 24]), 0)])).toBe(2);
      expect(repeat(sequences, x => [oneHot(argMax(x!, 2), 7, 1, 0, 'float32')])).toBe(2);
    });

    it('goes through the same bits for rows of single entries, by whatever kernels', () => {
      const [kernel, recurrent, bias] = [floats([6, 4], 31), floats([4, 4], 32), floats([4], 33)];
      // Dense rows first, by which it is captured.
      const rows = (seed: number): Tensor[] => [
        seed < 6 ? floats([5, 7, 6], seed) : tidy(() => mul(oneHot(ids([5, 7], 6, seed), 6, 1, 0, 'float32'), 1)),
      ];
      const compute: Compute = x => simpleRnn({ x: x!, kernel, recurrentKernel: recurrent, bias }).states;
      expect(repeat(rows, compute, [kernel, recurrent, bias])).toBe(2);
    });

    it('tells inputs apart that are one tensor at times', () => {
      const captured = new CapturedComputation();
      for (let step = 0; step < 8; step++) {
        tidy(() => {
          const [a, b] = [floats([4], step + 1), floats([4], step + 20)];
          const given = step < 4 ? [a, a] : [a, b];
          expect(numbers(captured.run(given, [], () => [sub(given[0]!, given[1]!)]))).toEqual(numbers([sub(given[0]!, given[1]!)]));
        });
      }
      captured.dispose();
    });

    it('goes on being captured where constants move now and then', () => {
      const captured = new CapturedComputation();
      const weight = variable(tensor([1]));
      let calls = 0;
      for (let step = 0; step < 100; step++) {
        tidy(() => {
          const x = tensor([step]);
          const [output] = captured.run([x], [weight], () => {
            calls++;
            return [mul(x, weight)];
          });
          expect(output?.dataSync()[0]).toBe(step * (1 + Math.floor(step / 10)));
          if (step % 10 === 9) weight.assign(tensor([1 + (step + 1) / 10]));
        });
      }
      expect(calls).toBe(20);
      captured.dispose();
      weight.dispose();
    });

    it('checks ids of every batch', () => {
      const table = floats([9, 4], 5);
      const captured = new CapturedComputation();
      const look = (rows: Tensor): (number[] | null)[] => numbers(captured.run([rows], [table], () => [gather(table, rows)]));
      for (let seed = 1; seed < 6; seed++) tidy(() => void expect(look(ids([6], 9, seed))[0]).toHaveLength(24));
      tidy(() => void expect(() => look(tensor([0, 1, 2, 3, 9, 4], [6], 'int32'))).toThrow('the index value 9 is not in [0, 8]'));
      tidy(() => void expect(look(tensor([8, 8, 8, 8, 8, 8], [6], 'int32'))[0]).toHaveLength(24));
      captured.dispose();
    });

    it('leaves inputs of another shape to be computed', () => {
      const captured = new CapturedComputation();
      let calls = 0;
      const rows = [4, 3, 4, 4, 3, 4, 4];
      for (const [step, size] of rows.entries()) {
        tidy(() => {
          const x = floats([size, 3], step + 1);
          const [output] = captured.run([x], [], () => {
            calls++;
            return [mul(x, 3)];
          });
          expect([...output!.dataSync()]).toEqual([...mul(x, 3).dataSync()]);
        });
      }
      // Both times of the capture, and the two that do not fit.
      expect(calls).toBe(4);
      captured.dispose();
    });

    it('leaves an output alone that someone has kept', () => {
      const captured = new CapturedComputation();
      const kept: Tensor[] = [];
      for (let step = 0; step < 6; step++) {
        tidy(() => {
          const x = tensor([step, 1]);
          kept.push(keep(captured.run([x], [], () => [mul(x, 2)])[0]!));
        });
      }
      captured.dispose();
      expect(kept.map(output => output.dataSync()[0])).toEqual([0, 2, 4, 6, 8, 10]);
      for (const output of kept) output.dispose();
    });

    it('keeps its last outputs good, and gives all its memory back', () => {
      const before = simdStatus().bytesInUse;
      const captured = new CapturedComputation();
      const outputs = Array.from({ length: 4 }, (_, step) =>
        tidy(() => {
          const x = floats([100], step + 1);
          const [output] = captured.run([x], [], () => [neg(mul(x, 2))]);
          return step < 3 ? output!.dataSync() : output!;
        }),
      );
      captured.dispose();
      const last = outputs[3] as Tensor;
      expect([...last.dataSync()]).toEqual([...sample([100], 4).values].map(value => Math.fround(-2 * value)));
      last.dispose();
      expect(simdStatus().bytesInUse).toBe(before);
    });

    it('is computed each time where its kernels are not the same', () => {
      let count = 0;
      const state = variable(scalar(0));
      const cases: Record<string, Compute> = {
        'a number counts up': x => [mul(x!, ++count)],
        'an array counts up': x => [mul(x!, tensor([++count, 1, 1, 1]))],
        'a value is looked at': x => [x!.dataSync()[0]! > 0 ? neg(x!) : mul(x!, 2)],
        'another op runs at times': x => [++count % 4 < 2 ? neg(x!) : mul(x!, 2)],
        'a tensor of elsewhere is read': x => [mul(x!, state)],
        'an input is passed on': x => [x!],
        'a kernel of cpu runs': x => [dilation2d(reshape(x!, [2, 2, 1]) as Tensor3D, zeros([1, 1, 1]), 1, 'same')],
      };
      for (const [name, compute] of Object.entries(cases)) {
        const captured = new CapturedComputation();
        for (let step = 0; step < 8; step++) {
          tidy(() => {
            const x = floats([4], step + 1);
            const before = count;
            const expected = numbers(compute(x));
            count = before;
            expect(numbers(captured.run([x], [], () => compute(x))), name).toEqual(expected);
          });
        }
        captured.dispose();
      }
      state.dispose();
    });

    it('runs no more kernels for it than were recorded', () => {
      const captured = new CapturedComputation();
      const step = (seed: number): void =>
        tidy(() => {
          const x = floats([8], seed);
          captured.run([x], [], () => [concat([sub(x, 1), mul(x, x)])]);
        });
      const first = kernelsOf(() => step(1));
      expect(first).toBeGreaterThan(2);
      expect([kernelsOf(() => step(2)), kernelsOf(() => step(3))]).toEqual([first, 0]);
      captured.dispose();
    });
  });
}
