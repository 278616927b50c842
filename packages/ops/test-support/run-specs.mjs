// Runs the tests that the npm package of tfjs-core ships on one backend, and says what came out. To be bundled first: tests and kernels must
// share one engine, and tfjs-core's ES modules do not load in Node as they are.

import { setTestEnvs } from '@tensorflow/tfjs-core/dist/jasmine_util.js';
import { jasmine } from './boot-jasmine.mjs';
import '@tensorflow/tfjs-core/dist/public/chained_ops/register_all_chained_ops.js';

/** Two specs go from one backend `cpu` to another, whichever backend is tested. */
const OF_CPU_ALONE = 'Switching cpu backends cpu {} ';

/** @param {string} backendName a registered backend whose `dataSync` works */
export async function runSpecs(backendName) {
  const environments = [{ name: 'cpu', backendName: 'cpu', isDataSync: true }];
  // Specs that draw take the name for the kind of canvas to draw on, and for a backend.
  if (backendName !== 'cpu') environments.unshift({ name: '2d', backendName, isDataSync: true });
  setTestEnvs(environments);
  // Imported only now: describing the tests reads the environments.
  await import('@tensorflow/tfjs-core/dist/tests.js');
  /** @type {import('./conformance.testing.js').Outcome} */
  const outcome = { passed: 0, pending: [], failed: [] };
  const environment = jasmine.getEnv();
  const isTested = name => backendName === 'cpu' || !name.includes(' cpu {} ') || name.startsWith(OF_CPU_ALONE);
  environment.configure({ random: false, specFilter: spec => isTested(spec.getFullName()) });
  environment.clearReporters();
  environment.addReporter({
    specDone({ fullName, status, failedExpectations, pendingReason }) {
      if (status === 'passed') outcome.passed++;
      else if (status === 'failed') outcome.failed.push(`${fullName}: ${failedExpectations.map(({ message }) => message).join('; ')}`);
      else if (status !== 'excluded') outcome.pending.push(`${fullName}: ${pendingReason}`);
    },
  });
  await environment.execute();
  return outcome;
}
