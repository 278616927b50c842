import { platform } from '#platform';
import { plain, relaxed } from '#wasm';

/** Which of the two builds of the kernels. */
export type KernelBuild = 'relaxed' | 'plain';

/** A function of one relaxed multiply-add: valid only where the engine has relaxed SIMD. */
const RELAXED_PROBE = new Uint8Array([
  0, 97, 115, 109, 1, 0, 0, 0, 1, 8, 1, 96, 3, 123, 123, 123, 1, 123, 3, 2, 1, 0, 10, 13, 1, 11, 0, 32, 0, 32, 1, 32, 2, 253, 133, 2, 11,
]);

/** A function that makes a vector of zeros: valid only where the engine has SIMD. */
const SIMD_PROBE = new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 8, 1, 6, 0, 65, 0, 253, 15, 11]);

/** Whether the engine runs the kernels at all: WebAssembly, its SIMD, and shared memory, even where it cannot be sent to a thread. */
export function isSimdSupported(): boolean {
  if (typeof WebAssembly === 'undefined' || !WebAssembly.validate(SIMD_PROBE)) return false;
  try {
    return new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true }).buffer.byteLength > 0;
  } catch {
    return false;
  }
}

/** Whether the engine runs relaxed SIMD; asks for it where it is behind a flag. */
export function hasRelaxedSimd(): boolean {
  // Asked first: newer versions of Node print an error for a flag that they no longer know.
  if (WebAssembly.validate(RELAXED_PROBE)) return true;
  platform.enableRelaxedSimd();
  return WebAssembly.validate(RELAXED_PROBE);
}

const compiled = new Map<KernelBuild, WebAssembly.Module>();

/** The kernels, compiled once. */
export function kernelsModule(build: KernelBuild): WebAssembly.Module {
  let module = compiled.get(build);
  if (!module) {
    module = new WebAssembly.Module(platform.bytesOf(build === 'relaxed' ? relaxed : plain));
    compiled.set(build, module);
  }
  return module;
}
