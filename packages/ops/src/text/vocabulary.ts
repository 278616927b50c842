import { nullable, positiveInteger } from '../options/kinds.js';
import { parseOptions } from '../options/option.js';
import { cutIntoWords, type TokenizeOptions, tokenizeOptionTable } from './tokenize.js';

/** The id of every known word. A `Map`, since words may be called `constructor`. */
export type WordIndex = ReadonlyMap<string, number>;

/** Options of {@link buildVocabulary}. */
export interface VocabularyOptions extends TokenizeOptions {
  /** How many words to keep, the most frequent; null for all. @default null */
  maxTokens?: number | null;
}

/**
 * Counts words, a text at a time, for a vocabulary of texts that are read one by one.
 *
 * @throws {ConfigError} when an option is wrong or unknown
 */
export class VocabularyBuilder {
  readonly #options: Required<VocabularyOptions>;
  readonly #counts = new Map<string, number>();

  constructor(options: VocabularyOptions = {}) {
    const table = { ...tokenizeOptionTable, maxTokens: nullable(positiveInteger()) };
    this.#options = parseOptions<Required<VocabularyOptions>>(table, options, 'buildVocabulary');
  }

  /** Counts the words of `text`. */
  add(text: string): void {
    for (const word of cutIntoWords(text, this.#options)) this.#counts.set(word, (this.#counts.get(word) ?? 0) + 1);
  }

  /** The words so far, the most frequent first; of equals, as in Keras' Tokenizer, the one that was seen first. */
  vocabulary(): string[] {
    // The map keeps the order of first appearance, and the sort is stable.
    const byCount = [...this.#counts].sort(([, a], [, b]) => b - a);
    return byCount.slice(0, this.#options.maxTokens ?? byCount.length).map(([word]) => word);
  }
}

/** The words of `texts`, the most frequent first: {@link VocabularyBuilder} over all of them. */
export function buildVocabulary(texts: Iterable<string>, options: VocabularyOptions = {}): string[] {
  const builder = new VocabularyBuilder(options);
  for (const text of texts) builder.add(text);
  return builder.vocabulary();
}

/**
 * Numbers the words of a vocabulary in their order.
 *
 * @param firstId id of the first word; 0 is what sequences are padded with @default 1
 */
export function wordIndexOf(vocabulary: readonly string[], firstId = 1): WordIndex {
  return new Map(vocabulary.map((word, rank) => [word, rank + firstId]));
}
