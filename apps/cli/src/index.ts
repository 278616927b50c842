export { type CommandDocument, documentCommands, type OptionDocument } from './commands/document.js';
export { type HistorySvgOptions, historySvg } from './plot/history-svg.js';
export type { RunHistory } from './training/run-history.js';
