import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import * as ops from '../index.js';
import './index.js';

const core = path.dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-core/package.json'));

/** Methods that take nothing and have the name of their function. */
const unary =
  'abs acos acosh asin asinh atan atanh ceil cos cosh elu erf exp expm1 floor isFinite isInf isNaN leakyRelu log log1p logSigmoid logSoftmax logSumExp max mean min neg onesLike prod reciprocal relu relu6 round rsqrt selu sigmoid sign sin sinh softmax softplus sqrt square step sum tan tanh transpose zerosLike';

/** Methods that take another tensor. */
const binary =
  'add atan2 div divNoNan equal floorDiv greater greaterEqual less lessEqual maximum minimum mod mul notEqual pow prelu squaredDifference sub';

type Operation = (...tensors: ops.Tensor[]) => ops.Tensor;
const call = (name: string, ...tensors: ops.Tensor[]): ops.Tensor => (Reflect.get(ops, name) as Operation)(...tensors);
const callMethod = (name: string, x: ops.Tensor, ...others: ops.Tensor[]): ops.Tensor =>
  (Reflect.get(x, name) as Operation).call(x, ...others);

/** The method that a file of tfjs-core adds, in small letters: `arg_max.js` adds `argMax`. */
const methodOf = (file: string): string => path.basename(file, '.js').replaceAll('_', '').toLowerCase();

describe('chained methods', () => {
  const x = ops.tensor2d([0.1, -0.7, 0.9, 0.3], [2, 2]);
  const y = ops.tensor2d([2, -1, 0.5, 3], [2, 2]);

  it('are all that tfjs-core has', () => {
    const files = readdirSync(path.join(core, 'dist/public/chained_ops')).filter(
      name => name.endsWith('.js') && !/_test|register/.test(name),
    );
    const methods = new Set(Object.getOwnPropertyNames(ops.Tensor.prototype).map(name => name.toLowerCase()));
    expect(files.length).toBeGreaterThan(130);
    expect(files.map(methodOf).filter(name => !methods.has(name))).toEqual([]);
  });

  it.each(unary.split(' '))('x.%s() is the function of the same name', name => {
    ops.tidy(() => {
      const [method, plain] = [callMethod(name, x), call(name, x)];
      expect(method.shape).toEqual(plain.shape);
      expect(method.dataSync()).toEqual(plain.dataSync());
    });
  });

  it.each(binary.split(' '))('x.%s(y) is the function of the same name', name => {
    ops.tidy(() => {
      expect(callMethod(name, x, y).dataSync()).toEqual(call(name, x, y).dataSync());
    });
  });

  it('have gradients: d/dx Σ (x² + 3x) = 2x + 3', () => {
    ops.tidy(() => {
      const slope = ops.grad(v => v.square().add(v.mul(3)).sum())(x);
      expect([...slope.dataSync()]).toEqual([...x.dataSync()].map(value => Math.fround(2 * value + 3)));
    });
  });

  it('say when a tensor was disposed', () => {
    const gone = ops.scalar(1);
    gone.dispose();
    expect(() => gone.add(1)).toThrow('Tensor is disposed.');
  });
});
