import type { Command } from './command.js';
import { data } from './data.js';
import { evaluate } from './evaluate.js';
import { plot } from './plot.js';
import { predict } from './predict.js';
import { reproduce } from './reproduce.js';
import { summary } from './summary.js';
import { train } from './train.js';

/** All commands, in the order of help. */
export const commands: readonly Command[] = [train, evaluate, predict, summary, data, plot, reproduce];
