// tfjs-layers as a driver, on tfjs' own backends: `node tfjs.js cpu|wasm`. Nothing of Jogak is loaded, but for two parts of tfjs-core that its Node build
// leaves out, and that `@jogak/ops` has in files of their own: the gradient functions, and the chained methods, which tfjs-layers calls.
import '@tensorflow/tfjs-backend-cpu';
import '../../../../packages/ops/gen/register-chained-ops.js';
import '../../../../packages/ops/gen/register-gradients.js';
import { createRequire } from 'node:module';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { CannotError, serve } from './serve.js';
import { tfjsWork } from './tfjs-work.js';

tf.enableProdMode();
const backend = process.argv[2] === 'wasm' ? 'wasm' : 'cpu';
if (backend === 'wasm') {
  const wasm = await import('@tensorflow/tfjs-backend-wasm');
  const module = createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm');
  wasm.setWasmPaths(`${path.dirname(module)}/`);
}

await serve(`TensorFlow.js ${tf.version_core}, ${backend}`, async ({ task }) => {
  await tf.setBackend(backend);
  await tf.ready();
  try {
    return await tfjsWork(task);
  } catch (error) {
    // What a backend cannot do it says like this, at the first step.
    const missing = error instanceof Error && /Kernel '(\w+)' not registered for backend '(\w+)'/.exec(error.message);
    if (missing) throw new CannotError(`the backend ${missing[2]} has no kernel ${missing[1]}`);
    throw error;
  }
});
