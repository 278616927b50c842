import type { MathBackendCPU } from '@tensorflow/tfjs-backend-cpu';
import { getKernel, type KernelConfig, registerKernel, type TensorInfo } from '@tensorflow/tfjs-core';

/** A kernel's way to the values of tensors of the backend `cpu`. */
export interface Host {
  /** The values of a float32 tensor; not a copy. */
  read(tensor: TensorInfo): Float32Array;
  /** The values of a float32 tensor, not a copy; `length` zeros where there is none. */
  readOrZeros(tensor: TensorInfo | undefined, length: number): Float32Array;
  /** The values of a cell's input, float32 or ids; not a copy. */
  readInput(tensor: TensorInfo): Float32Array | Int32Array;
  /** The values of a mask, not a copy; `length` ones where it is empty. */
  readMask(tensor: TensorInfo, length: number): Uint8Array;
  /** A new float32 tensor around `values`, which then belong to it. */
  write(values: Float32Array, shape: number[]): TensorInfo;
}

/** Registers a kernel for the backend `cpu`, once: a second copy of this package finds it there. `Inputs` and `Attrs` are those of its contract. */
export function registerCpuKernel<Inputs, Attrs>(
  kernelName: string,
  run: (inputs: Inputs, attrs: Attrs, host: Host) => TensorInfo | TensorInfo[],
): void {
  if (getKernel(kernelName, 'cpu')) return;
  const kernelFunc: KernelConfig['kernelFunc'] = ({ inputs, attrs, backend }) => {
    const cpu = backend as MathBackendCPU;
    return run(inputs as Inputs, attrs as Attrs, {
      read: ({ dataId }) => cpu.data.get(dataId).values as Float32Array,
      readOrZeros: (tensor, length) => (tensor ? (cpu.data.get(tensor.dataId).values as Float32Array) : new Float32Array(length)),
      readInput: ({ dataId }) => cpu.data.get(dataId).values as Float32Array | Int32Array,
      readMask: ({ dataId, shape }, length) =>
        shape.length === 2 ? (cpu.data.get(dataId).values as Uint8Array) : new Uint8Array(length).fill(1),
      write: (values, shape) => cpu.makeTensorInfo(shape, 'float32', values),
    });
  };
  registerKernel({ kernelName, backendName: 'cpu', kernelFunc });
}
