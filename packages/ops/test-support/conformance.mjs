// Runs the tests that the npm package of tfjs-core ships on the backend `cpu` as @jogak/ops leaves it, gradients and kernels registered, and
// prints what came out as one line of JSON. To be bundled first: tests and kernels must share one engine, and tfjs-core's ES modules do not
// load in Node as they are.
import { jasmine } from './boot-jasmine.mjs';
import '../src/engine.ts';
import { setTestEnvs } from '@tensorflow/tfjs-core/dist/jasmine_util.js';
import { originalKernel, registeredKernel } from '../src/cpu/kernel.ts';
import '@tensorflow/tfjs-core/dist/public/chained_ops/register_all_chained_ops.js';

setTestEnvs([{ name: 'cpu', backendName: 'cpu', isDataSync: true }]);
// Imported only now: describing the tests reads the environments.
await import('@tensorflow/tfjs-core/dist/tests.js');

const outcome = { passed: 0, pending: [], failed: [], ourKernels: false };
const environment = jasmine.getEnv();
environment.configure({ random: false });
environment.clearReporters();
environment.addReporter({
  specDone({ fullName, status, failedExpectations, pendingReason }) {
    if (status === 'passed') outcome.passed++;
    else if (status === 'failed') outcome.failed.push(`${fullName}: ${failedExpectations.map(({ message }) => message).join('; ')}`);
    else outcome.pending.push(`${fullName}: ${pendingReason}`);
  },
});
await environment.execute();
outcome.ourKernels = registeredKernel('Conv2D') !== originalKernel('Conv2D');
process.stdout.write(`${JSON.stringify(outcome)}\n`, () => process.exit());
