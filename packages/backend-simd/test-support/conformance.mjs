// tfjs-core's tests on the backend `simd`, with @jogak/ops' gradients and kernels of `cpu` registered, as Jogak runs it. The options of the
// backend come as JSON: in Node as the first argument, which answers with a line of JSON; in a page behind the address's #, which answers in
// the page's title.
import { runSpecs } from '../../ops/test-support/run-specs.mjs';
import '../../ops/src/engine.ts';
import { copyRegisteredKernels, findBackendFactory, registerBackend, setBackend } from '@tensorflow/tfjs-core';
import { configureSimd, ready } from '../src/index.ts';

async function report(options) {
  configureSimd(JSON.parse(options));
  await setBackend('simd');
  const { threads, kernels } = await ready();
  registerBackend('2d', findBackendFactory('simd'));
  copyRegisteredKernels('simd', '2d');
  return JSON.stringify({ ...(await runSpecs('simd')), threads, kernels });
}

if (typeof document === 'undefined') report(process.argv[2]).then(text => process.stdout.write(`${text}\n`, () => process.exit()));
else
  report(decodeURIComponent(location.hash.slice(1))).then(text => {
    document.title = text;
  });
