export { embeddingLookup } from './embedding-lookup.js';
export { forgetLookups, lookupOf } from './lookup-note.js';
