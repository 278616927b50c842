// What the tests' pages run: a sum on as many threads as there are.

import { ready, simdStatus } from '@jogak/backend-simd';
import { matMul, ones, setBackend, sum, ready as tfReady } from '@tensorflow/tfjs-core';

/** Computes, and writes into the page's title what came of it. */
export async function report(): Promise<void> {
  const warnings: string[] = [];
  console.warn = (text: unknown) => warnings.push(String(text));
  try {
    await setBackend('simd');
    await tfReady();
    await ready();
    const total = sum(matMul(ones([512, 300]), ones([300, 200]))).dataSync()[0];
    document.title = JSON.stringify({ total, ...simdStatus(), warnings });
  } catch (error) {
    document.title = JSON.stringify({ error: String(error) });
  }
}
