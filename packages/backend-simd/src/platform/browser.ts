import workerSource from '#worker-source';
import type { HelperStart, Platform } from './platform.js';

/** Browsers' pages and workers. */
export const platform: Platform = {
  // A page that is not isolated from other origins cannot give its memory to a worker.
  processors: () => (globalThis.crossOriginIsolated ? navigator.hardwareConcurrency : 1),
  processorUsage: () => undefined,
  environment: () => undefined,
  bytesOf(base64) {
    const text = atob(base64);
    const bytes = new Uint8Array(text.length);
    for (let i = 0; i < bytes.length; i++) bytes[i] = text.charCodeAt(i);
    return bytes;
  },
  mayBlock: () => typeof document === 'undefined',
  enableRelaxedSimd() {},
  startHelper(start, onFailure) {
    const fromFile = workerFromFile();
    begin(fromFile, start, reason => {
      // A bundler may have lost the file: then from text, which a content security policy may forbid.
      fromFile.terminate();
      try {
        begin(workerFromText(), start, onFailure);
      } catch (error) {
        onFailure(`${reason}; ${error instanceof Error ? error.message : String(error)}`);
      }
    });
  },
};

function begin(worker: Worker, start: HelperStart, onFailure: (reason: string) => void): void {
  worker.onerror = event => {
    event.preventDefault();
    onFailure(event.message ?? 'its script could not be loaded');
  };
  worker.postMessage(start);
}

// Written so that bundlers find the file, and give it its place.
const workerFromFile = (): Worker => new Worker(new URL('../worker.js', import.meta.url), { type: 'module' });

function workerFromText(): Worker {
  const address = URL.createObjectURL(new Blob([workerSource], { type: 'text/javascript' }));
  try {
    return new Worker(address);
  } finally {
    // The worker has begun to load it, and needs the address no more.
    setTimeout(() => URL.revokeObjectURL(address), 10_000);
  }
}
