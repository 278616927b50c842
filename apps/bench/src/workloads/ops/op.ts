import { randomIntegers, randomNormals, randomUniforms } from '../../data/random.js';
import type { Cost } from '../../floor/cost.js';
import type { FileArray, OpName } from '../../protocol.js';
import type { OpGroup, Workload, WorkloadContext } from '../workload.js';

/** An input of an op: its shape, and how its numbers are made. */
export interface Input {
  readonly shape: readonly number[];
  readonly values: (name: string, size: number) => Float32Array | Int32Array | Uint8Array;
}

/** Normally distributed numbers. */
export const normals = (...shape: number[]): Input => ({ shape, values: randomNormals });

/** Numbers from 0 to 1. */
export const fractions = (...shape: number[]): Input => ({ shape, values: randomUniforms });

/** The same number everywhere. */
export const always = (value: number, ...shape: number[]): Input => ({ shape, values: (_, size) => new Float32Array(size).fill(value) });

/** Whole numbers from 0 to below `limit`. */
export const integers = (limit: number, ...shape: number[]): Input => ({
  shape,
  values: (name, size) => randomIntegers(name, size, limit),
});

/** True and false. */
export const truths = (...shape: number[]): Input => ({
  shape,
  values: (name, size) => Uint8Array.from(randomIntegers(name, size, 2)),
});

/** An op with its inputs. */
export interface Op {
  /** The workload's name, without the group's. */
  readonly name: string;
  readonly op: OpName;
  readonly title: string;
  readonly inputs: readonly Input[];
  /** Numbers in all results. */
  readonly outputs: number;
  /** Additions, multiplications and comparisons of an op. */
  readonly arithmetic?: number;
  /** Values of exp and its like. */
  readonly functions?: number;
}

const sizeOf = (shape: readonly number[]): number => shape.reduce((size, axis) => size * axis, 1);

/** Its arithmetic, and every input and result moved once. */
export const opCost = ({ inputs, outputs, arithmetic = 0, functions = 0 }: Op): Cost => ({
  arithmetic,
  functions,
  bytes: 4 * inputs.reduce((sum, { shape }) => sum + sizeOf(shape), outputs),
});

/** Workloads of a group, of JavaScript's peers alone: Python's have ops as fast as their users will ever need. */
export const opWorkloads = (group: OpGroup, ops: readonly Op[]): readonly Workload[] =>
  ops.map(op => ({
    name: `${group.replace('kernels-', '')}-${op.name}`,
    group,
    title: op.title,
    method: 'rounds',
    per: 'call',
    units: 1,
    cost: opCost(op),
    peers: ['jogak-simd', 'jogak-simd-1', 'jogak-cpu', 'tfjs-cpu', 'tfjs-wasm', 'jax-js'],
    warmUp: 0.4,
    prepare: async ({ files }: WorkloadContext) => {
      const inputs = op.inputs.map(({ shape, values }, index): FileArray => {
        const name = `${group}-${op.name}-${index}`;
        return files.write(name, values(name, sizeOf(shape)), shape);
      });
      return { task: { kind: 'op', op: op.op, inputs }, data: null };
    },
  }));
