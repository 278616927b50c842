// A program as a user writes it, which says how it computes and then has nothing more to do.

import { simdStatus } from '@jogak/backend-simd';
import { getBackend, matMul, ones, sum } from '@tensorflow/tfjs-core';

const total = sum(matMul(ones([512, 300]), ones([300, 200]))).dataSync()[0];
console.log(JSON.stringify({ backend: getBackend(), total, threads: simdStatus().threads, kernels: simdStatus().kernels }));
