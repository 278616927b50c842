// tfjs-core's tests on the backend `simd`, with @jogak/ops' gradients and kernels of `cpu` registered, as Jogak runs it. The options of the
// backend come as JSON: in Node as the first argument, which answers with a line of JSON; in a page behind the address's #, which answers in
// the page's title.
import { runSpecs } from '../../ops/test-support/run-specs.mjs';
import '../../ops/src/engine.ts';
import { setBackend } from '@tensorflow/tfjs-core';
import { configureSimd, ready } from '../src/index.ts';

const inPage = typeof document !== 'undefined';
configureSimd(JSON.parse(inPage ? decodeURIComponent(location.hash.slice(1)) : process.argv[2]));
await setBackend('simd');
const { threads, kernels } = await ready();
const report = JSON.stringify({ ...(await runSpecs('simd')), threads, kernels });
if (inPage) document.title = report;
else process.stdout.write(`${report}\n`, () => process.exit());
