// Runs the tests that the npm package of tfjs-core ships on one backend, and says what came out. To be bundled first: tests and kernels must
// share one engine, and tfjs-core's ES modules do not load in Node as they are.

import { setTestEnvs } from '@tensorflow/tfjs-core/dist/jasmine_util.js';
import { jasmine } from './boot-jasmine.mjs';
import '@tensorflow/tfjs-core/dist/public/chained_ops/register_all_chained_ops.js';

/** @param {string} backendName a registered backend whose `dataSync` works */
export async function runSpecs(backendName) {
  setTestEnvs([{ name: backendName, backendName, isDataSync: true }]);
  // Imported only now: describing the tests reads the environments.
  await import('@tensorflow/tfjs-core/dist/tests.js');
  /** @type {import('./conformance.testing.js').Outcome} */
  const outcome = { passed: 0, pending: [], failed: [] };
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
  return outcome;
}
