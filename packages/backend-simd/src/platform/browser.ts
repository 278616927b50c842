import workerSource from '#worker-source';
import type { Helper, HelperStart, Platform } from './platform.js';

/** Browsers' pages and workers. */
export const platform: Platform = {
  processors: () => globalThis.navigator?.hardwareConcurrency ?? 1,
  environment: () => undefined,
  mayBlock: () => typeof document === 'undefined',
  enableRelaxedSimd() {},
  startHelper(start, onFailure) {
    let current = fromFile();
    const begin = (worker: Worker, failed: (reason: string) => void): void => {
      worker.onerror = event => {
        event.preventDefault?.();
        failed(event.message ?? 'its script could not be loaded');
      };
      worker.postMessage(start satisfies HelperStart);
    };
    begin(current, reason => {
      // A bundler may have lost the file: then from text, which a content security policy may forbid.
      current.terminate();
      try {
        current = fromText();
        begin(current, onFailure);
      } catch (error) {
        onFailure(`${reason}; ${error instanceof Error ? error.message : String(error)}`);
      }
    });
    return { stop: () => current.terminate() } satisfies Helper;
  },
};

// Written so that bundlers find the file, and give it its place.
const fromFile = (): Worker => new Worker(new URL('../worker.js', import.meta.url), { type: 'module' });

function fromText(): Worker {
  const address = URL.createObjectURL(new Blob([workerSource], { type: 'text/javascript' }));
  try {
    return new Worker(address);
  } finally {
    // The worker has begun to load it, and needs the address no more.
    setTimeout(() => URL.revokeObjectURL(address), 10_000);
  }
}
