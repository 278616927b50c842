import { ConfigError, type Json, memory, mul, type Parameter, randomKey, sub, type Tensor, tensor, tidy, uniformValues } from '@jogak/ops';
import { describe, expect, it, vi } from 'vitest';
import { type CallContext, inference, type Mask } from '../base/call-context.js';
import type { Layer } from '../base/layer.js';
import { factoryName } from '../base/names.js';
import type { Shape } from '../base/shape.js';
import { deserializeLayer } from '../serialization.js';
import { expectClose } from './close.testing.js';
import { asInputs, listOf, numericalGradients, tapeGradients, weightedSum } from './gradients.testing.js';
import { testInput } from './values.testing.js';

/** What {@link describeLayer} has to be told of a layer. */
export interface LayerDescription {
  /** Shape of a batch without unknown sizes, small: every element is differentiated by. A list of shapes for a layer that takes a list. */
  inputShape: readonly number[] | readonly (readonly number[])[];
  /** @default 'float32' */
  inputDType?: 'float32' | 'int32';
  /** Shapes of the weights by path without the layer's name, in their order. @default none */
  weights?: Readonly<Record<string, readonly number[]>>;
  /** What becomes of a mask of the first two axes: it `passes`, it `stops` with a warning, or the layer's `own` test says. @default 'stops' */
  mask?: 'passes' | 'stops' | 'own';
  /** The context of the calls, beside `training`; `mask` to go through all tests with one. */
  context?: Partial<CallContext>;
  /** Whether the layer can be saved. @default true */
  serializable?: boolean;
}

/**
 * What holds for every layer: saving and loading, names and shapes of weights, shape and dtype of the output, masks, gradients, a
 * step of training, no leaks, errors. What the layer computes is for tests of its own.
 *
 * @param name the factory function's: `conv2d`
 * @param make a new layer of a network's middle: without name or input shape, of a few weights
 */
export function describeLayer(name: string, make: () => Layer, description: LayerDescription): void {
  const shapes = (Array.isArray(description.inputShape[0]) ? description.inputShape : [description.inputShape]) as readonly number[][];
  const takesList = Array.isArray(description.inputShape[0]);
  const dtype = description.inputDType ?? 'float32';
  const contexts = [false, true].map(training => ({ ...inference, ...description.context, training }));
  const makeInputs = (): Tensor[] => shapes.map((shape, index) => testInput(shape, dtype, index + 1));
  const inputShapes = (batch: number | null): Shape | Shape[] => {
    const list = shapes.map(shape => [batch ?? null, ...shape.slice(1)]);
    return takesList ? list : (list[0] as Shape);
  };

  /** Calls `test` with a built layer whose weights are random, and inputs; nothing is left of them afterwards. */
  function withLayer(test: (layer: Layer, inputs: Tensor[]) => void): void {
    const layer = make();
    tidy(() => {
      layer.ensureBuilt(takesList ? shapes : (shapes[0] as number[]));
      for (const [index, weight] of layer.weights.entries()) if (weight.trainable) randomize(weight, index);
      test(layer, makeInputs());
    });
    layer.dispose();
  }

  describe(`every layer: ${name}`, () => {
    it('is named as its factory function', () => {
      expect(factoryName(make().getClassName())).toBe(name);
    });

    it('has weights of these names and shapes', () => {
      withLayer(layer => {
        const expected = Object.entries(description.weights ?? {});
        expect(layer.weights.map(weight => [weight.path, weight.shape])).toEqual(
          expected.map(([path, shape]) => [`${layer.name}/${path}`, shape]),
        );
        expect(layer.countParams()).toBe(expected.reduce((sum, [, shape]) => sum + shape.reduce((product, size) => product * size, 1), 0));
        expect(layer.weights.map(weight => weight.dtype)).toEqual(layer.weights.map(() => 'float32'));
      });
    });

    it('has weights that training changes, and none while it is not trainable', () => {
      withLayer(layer => {
        expect(layer.trainableWeights.length + layer.nonTrainableWeights.length).toBe(layer.weights.length);
        layer.trainable = false;
        expect(layer.trainableWeights).toEqual([]);
      });
    });

    it('says the shape and dtype of its output beforehand', () => {
      withLayer((layer, inputs) => {
        for (const context of contexts) {
          const outputs = listOf(layer.apply(asInputs(inputs, takesList) as Tensor, context) as Tensor | Tensor[]);
          for (const batch of [null, (shapes[0] as number[])[0] as number]) {
            const told = layer.computeOutputShape(inputShapes(batch));
            const list = outputs.length === 1 && !Array.isArray(told[0]) ? [told as Shape] : (told as readonly Shape[]);
            expect(list.map(shape => shape.slice(1))).toEqual(outputs.map(output => output.shape.slice(1)));
            expect(list.map(shape => shape[0] ?? null)).toEqual(outputs.map(output => (batch === null ? null : output.shape[0])));
          }
          for (const output of outputs) expect(output.dtype).toBe(layer.computeOutputDType(dtype));
          for (const output of outputs) expect(output.dataSync().every(Number.isFinite)).toBe(true);
        }
      });
    });

    if (description.serializable !== false) {
      it('is the same layer after being saved and loaded', () => {
        withLayer((layer, inputs) => {
          const saved = JSON.parse(JSON.stringify(layer.serialize())) as { className: string; config: Record<string, Json> };
          const loaded = deserializeLayer(saved);
          expect(loaded.constructor).toBe(layer.constructor);
          expect(loaded.getConfig()).toEqual(saved.config);
          loaded.ensureBuilt(takesList ? shapes : (shapes[0] as number[]));
          loaded.setWeights(layer.weights.map(weight => weight.read()));
          for (const context of contexts) {
            const [expected, actual] = [layer, loaded].map(each => listOf(each.invoke(asInputs(inputs, takesList), context)));
            expect(actual?.map(output => [...output.dataSync()])).toEqual(expected?.map(output => [...output.dataSync()]));
          }
          loaded.dispose();
        });
      });

      it('knows no other options than its own', () => {
        const { className, config } = make().serialize();
        const known = Object.keys(config);
        expect(known).not.toContain('notAnOption');
        const revive = (): Layer => deserializeLayer({ className, config: { ...config, notAnOption: 1 } });
        expect(revive).toThrow(ConfigError);
        expect(revive).toThrow(`${name} "${config.name}": there is no option "notAnOption"`);
      });
    }

    const passes = description.mask === 'passes';
    if (description.mask !== 'own') {
      it(passes ? 'passes a mask on' : 'warns, once, that a mask ends there', () => {
        withLayer((layer, inputs) => {
          const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
          const masks = inputs.map(alternatingMask);
          const mask: Mask | Mask[] = takesList ? masks : (masks[0] as Mask);
          const given = [1, 2].map(() => layer.computeMask(asInputs(inputs, takesList), mask));
          const warned = warn.mock.calls.map(([text]) => text);
          warn.mockRestore();
          const warning = `${layer.describe()} does not pass a mask on: the layers after it take padded steps for real ones`;
          expect(given.map(each => each === mask)).toEqual([passes, passes]);
          expect(given.map(each => each === null)).toEqual([!passes, !passes]);
          expect(warned).toEqual(passes ? [] : [warning]);
        });
      });
    }

    it('has the gradients that its outputs imply', () => {
      withLayer((layer, inputs) => {
        if (layer.trainableWeights.length === 0 && dtype !== 'float32') return;
        for (const context of contexts) {
          const tape = tapeGradients(layer, inputs, takesList, context);
          const numerical = numericalGradients(layer, inputs, takesList, context);
          for (const kind of ['inputs', 'weights'] as const) {
            for (const [index, expected] of numerical[kind].entries()) {
              if (!expected) continue;
              const which = kind === 'inputs' ? `input ${index}` : layer.trainableWeights[index]?.path;
              const what = `gradient of ${which}, training ${context.training}`;
              expectClose(tape[kind][index] ?? new Float32Array(expected.length), expected, 1e-3, what);
            }
          }
        }
      });
    });

    it('lowers a loss in a step down its gradient', () => {
      withLayer((layer, inputs) => {
        const [, context] = contexts as [CallContext, CallContext];
        if (layer.trainableWeights.length === 0 && dtype !== 'float32') return;
        const evaluate = (): number => tidy(() => weightedSum(layer.invoke(asInputs(inputs, takesList), context)));
        const before = evaluate();
        const gradients = tapeGradients(layer, inputs, takesList, context);
        const moved = layer.trainableWeights.length > 0 ? gradients.weights : gradients.inputs;
        const norm = moved.reduce((sum, gradient) => sum + (gradient?.reduce((total, value) => total + value * value, 0) ?? 0), 0);
        const rate = 0.02 / Math.sqrt(norm);
        const step = (value: Tensor, gradient: Float32Array): Tensor => sub(value, mul(tensor(gradient, value.shape), rate));
        if (layer.trainableWeights.length > 0) {
          for (const [index, weight] of layer.trainableWeights.entries()) {
            const gradient = gradients.weights[index];
            if (gradient) weight.update(value => step(value, gradient));
          }
        } else {
          for (const [index, gradient] of gradients.inputs.entries()) if (gradient) inputs[index] = step(inputs[index] as Tensor, gradient);
        }
        expect(norm).toBeGreaterThan(0);
        expect(evaluate()).toBeLessThan(before);
      });
    });

    it('leaves no tensor behind, however often it is called', () => {
      const before = memory().numTensors;
      const inputs = makeInputs();
      const layer = make();
      layer.ensureBuilt(takesList ? shapes : (shapes[0] as number[]));
      const built = memory().numTensors;
      for (let round = 0; round < 2; round++) {
        for (const context of contexts) {
          for (const output of listOf(layer.apply(asInputs(inputs, takesList) as Tensor, context) as Tensor | Tensor[])) output.dispose();
          tapeGradients(layer, inputs, takesList, context);
          expect(memory().numTensors).toBe(built);
        }
      }
      layer.dispose();
      for (const input of inputs) input.dispose();
      expect(memory().numTensors).toBe(before);
    });
  });
}

/** A mask of the input's first two axes that takes every second step out. */
function alternatingMask(input: Tensor): Tensor {
  const shape: [number, number] = [input.shape[0] as number, input.shape[1] ?? 1];
  return tensor(
    Array.from({ length: shape[0] * shape[1] }, (_, i) => i % 2),
    shape,
    'bool',
  );
}

/** Gives a weight values of either sign, none of which is near 0. */
function randomize(weight: Parameter, index: number): void {
  const values = uniformValues(randomKey(index, 'weight'), weight.shape, 0.2, 0.8).map((value, i) => (i % 3 === 1 ? -value : value));
  weight.update(() => tensor(values, weight.shape));
}
