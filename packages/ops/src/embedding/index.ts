export { embeddingLookup } from './embedding-lookup.js';
