import { describe, expect, it } from 'vitest';
import { ConfigError } from '../errors.js';
import { integer, text } from './kinds.js';
import { parseOptions, required, suggestion } from './option.js';

const table = { units: required(integer(undefined, { min: 1 })), name: text('head') };

describe('parseOptions', () => {
  it('completes what is given', () => expect(parseOptions(table, { units: 3 }, 'dense')).toEqual({ units: 3, name: 'head' }));

  it.each<[string, unknown, string]>([
    ['a number in place of options', 3, 'dense: options come in an object, { name: value }; got 3'],
    ['a list in place of options', [3], 'dense: options come in an object, { name: value }; got [3]'],
    ['nothing in place of options', null, 'dense: options come in an object, { name: value }; got null'],
    ['an option that there is not', { unit: 3 }, 'dense: there is no option "unit"; did you mean "units"?'],
    ['a name that every object has', { units: 3, toString: 1 }, 'dense: there is no option "toString"; there are: units, name'],
    ['a required option that is missing', {}, 'dense: the option "units" is required'],
    ['a wrong value', { units: -1 }, 'dense: units must be a positive integer; got -1'],
  ])('refuses %s', (_, given, message) => {
    expect(() => parseOptions(table, given as object, 'dense')).toThrow(new ConfigError(message));
  });
});

describe('suggestion', () => {
  it('names what is near, else all there is', () => {
    expect(suggestion('unit', ['units', 'name'])).toBe('; did you mean "units"?');
    expect(suggestion('untis', ['units', 'name'])).toBe('; did you mean "units"?');
    expect(suggestion('utnsi', ['units', 'name'])).toBe('; there are: units, name');
    expect(suggestion('colour', ['units', 'name'])).toBe('; there are: units, name');
  });
});
