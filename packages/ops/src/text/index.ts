export { type SequenceOptions, type SequenceTextOptions, sequencesToTexts, textsToSequences } from './sequences.js';
export { defaultTextFilters, type TokenizeOptions, tokenize } from './tokenize.js';
export { buildVocabulary, VocabularyBuilder, type VocabularyOptions, type WordIndex, wordIndexOf } from './vocabulary.js';
