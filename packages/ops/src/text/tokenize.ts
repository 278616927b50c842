import { ConfigError } from '../errors.js';
import { type OptionTable, parseOptions } from '../options/index.js';
import { boolean, text } from '../options/kinds.js';

/** What Keras takes out of a text before it is cut into words: ASCII punctuation but the apostrophe, tab and line feed. */
export const defaultTextFilters = '!"#$%&()*+,-./:;<=>?@[\\]^_`{|}~\t\n';

/** Options of {@link tokenize}, and of all that begins with it. */
export interface TokenizeOptions {
  /** Whether to turn letters to lower case. @default true */
  lower?: boolean;
  /** Characters that count as separators; all others stay, those of any script. @default defaultTextFilters */
  filters?: string;
  /** What separates words. @default ' ' */
  split?: string;
}

/** {@link TokenizeOptions} with their defaults: for tables of options that hold them. */
export const tokenizeOptionTable: OptionTable<Required<TokenizeOptions>> = {
  lower: boolean(true),
  filters: text(defaultTextFilters),
  split: text(' '),
};

/**
 * The words of a text, in their order, as Keras' `text_to_word_sequence` finds them: lower case, filtered characters replaced
 * by the separator, cut there, empty words left out.
 *
 * Keras' filters know `\n` only: a text with Windows' line ends wants `filters: defaultTextFilters + '\r'`.
 *
 * @throws {ConfigError} when an option is wrong or unknown
 */
export function tokenize(text: string, options: TokenizeOptions = {}): string[] {
  return cutIntoWords(text, parseOptions(tokenizeOptionTable, options, 'tokenize'));
}

/** {@link tokenize} with options that were checked before, as for every one of many texts. */
export function cutIntoWords(text: string, { lower, filters, split }: Required<TokenizeOptions>): string[] {
  if (split === '') throw new ConfigError('tokenize: split must be at least one character; got ""');
  const separators = new Set(filters);
  const cased = lower ? text.toLowerCase() : text;
  // By code points, so that no character outside of the basic plane is cut in two.
  const filtered = Array.from(cased, character => (separators.has(character) ? split : character)).join('');
  return filtered.split(split).filter(word => word !== '');
}
