import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { factoryName } from './base/names.js';
import * as layers from './index.js';

type LayerType = typeof layers.Layer & { prototype: layers.Layer };

/** Classes to extend, which have no factory function. */
const bases = ['Layer', 'Merge', 'RNN', 'RecurrentLayer'];

const classes = Object.entries(layers).filter(
  (entry): entry is [string, LayerType] => typeof entry[1] === 'function' && entry[1].prototype instanceof layers.Layer,
);
const builtIn = classes.filter(([name, type]) => type.className === name);

const tests = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' })
  .filter(file => file.endsWith('.test.ts'))
  .map(file => readFileSync(`${import.meta.dirname}/${file}`, 'utf8'))
  .join('\n');

describe('every call of Keras that layers.py records', () => {
  const recorded = JSON.parse(readFileSync(new URL('../../../tools/golden/layers.json', import.meta.url), 'utf8')) as object;

  it.each(Object.keys(recorded))('is compared with: %s', name => expect(tests.includes(`'${name}'`)).toBe(true));
});

describe('every layer that is exported', () => {
  it('is of more than 30 kinds', () => expect(builtIn.length).toBeGreaterThan(30));

  it.each(builtIn.filter(([name]) => !bases.includes(name)))('has a factory function, and goes through the harness: %s', name => {
    const factory = name === 'InputLayer' ? 'input' : factoryName(name);
    expect(typeof (layers as Record<string, unknown>)[factory]).toBe('function');
    if (name !== 'InputLayer') expect(tests).toContain(`describeLayer('${factory}'`);
  });

  it.each(builtIn.filter(([name]) => name !== 'Lambda'))('can be made of its class name: %s', (name, type) => {
    let error: unknown;
    try {
      expect(layers.deserializeLayer({ className: name, config: {} })).toBeInstanceOf(type);
    } catch (thrown) {
      error = thrown;
    }
    // What an empty config leaves out is the layer's own affair; that there is such a layer is not.
    expect(String(error)).not.toContain('there is no layer class');
  });
});
