import { describeFlags } from '../arguments/flag.js';
import type { Command, Example } from './command.js';
import { commands } from './index.js';

/** An option as its documentation shows it. */
export interface OptionDocument {
  /** As it is typed: `--epochs N`, or `RECIPE` for one that is given by its place. */
  readonly usage: string;
  /** Its key in a config file; null where it has no place there. */
  readonly configKey: string | null;
  readonly description: string;
}

/** A command as its documentation shows it. */
export interface CommandDocument {
  readonly name: string;
  readonly usage: string;
  readonly description: string;
  readonly options: readonly OptionDocument[];
  readonly examples: readonly Example[];
}

/** All commands with their options, for tables in a documentation: from the schemas that check them. */
export function documentCommands(): CommandDocument[] {
  return commands.map(command => ({
    name: command.name,
    usage: `jogak ${command.usage}`,
    description: command.description,
    options: documentOptions(command),
    examples: command.examples,
  }));
}

function documentOptions(command: Command): OptionDocument[] {
  return describeFlags(command.options).map(({ key, name, argument, positional, callOnly, description }) => ({
    usage: positional ? `${argument}${positional === 'many' ? '…' : ''}` : `--${name}${argument === undefined ? '' : ` ${argument}`}`,
    configKey: command.name === 'train' && !callOnly ? key : null,
    description,
  }));
}
