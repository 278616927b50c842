import { describe, expect, it } from 'vitest';
import { ConfigError } from '../errors.js';
import { golden } from './golden.testing.js';
import { defaultTextFilters, tokenize } from './tokenize.js';

describe('tokenize', () => {
  it.each(golden.words)('finds the words that Keras finds, with $options', ({ options, words }) => {
    expect(golden.texts.map(text => tokenize(text, options))).toEqual(words);
  });

  it('leaves Korean as it is', () => {
    expect(tokenize('영화가, 정말 (좋았다)!')).toEqual(['영화가', '정말', '좋았다']);
  });

  it('takes Windows’ line ends for separators when told to', () => {
    expect(tokenize('one\r\ntwo', { filters: `${defaultTextFilters}\r` })).toEqual(['one', 'two']);
  });

  it('says which option is wrong', () => {
    expect(() => tokenize('a', { split: '' })).toThrow(new ConfigError('tokenize: split must be at least one character; got ""'));
    expect(() => tokenize('a', { filter: '' } as object)).toThrow(
      new ConfigError('tokenize: there is no option "filter"; did you mean "filters"?'),
    );
  });
});
