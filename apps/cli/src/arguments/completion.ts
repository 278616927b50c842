import type { Command } from '../commands/command.js';
import { describeFlags } from './flag.js';

/** How yargs asks for completions: what is typed, what it would answer, and where the answer goes. */
type Complete = (
  current: string,
  values: { readonly _: readonly unknown[] },
  usual: (done: (error: Error | null, completions: string[] | undefined) => void) => void,
  done: (completions: string[]) => void,
) => void;

/** Where a program asks for completions, as yargs' script does. */
export const completionFlag = '--get-yargs-completions';

/** What `jogak completion` does. */
export const completionDescription = 'Prints a script for bash or zsh that completes commands, options and names; see the README.';

/** Its help, which yargs has none of. */
export const completionHelp = `Usage: jogak completion

${completionDescription}
The shell is the one that SHELL names.

Examples:
  jogak completion >> ~/.bashrc  in new bash shells; for zsh ~/.zshrc`;

/** Completes the words that stand in a place, such as recipes, and otherwise what yargs does: commands and options. */
export function completeNames(commands: readonly Command[]): Complete {
  return (current, { _: typed }, usual, done) => {
    const words = typed.map(String).filter(word => word !== '' && word !== 'jogak');
    const command = commands.find(({ name }) => name === words[0]);
    const before = words.slice(1).filter(word => word !== current);
    const places = command ? describeFlags(command.options).filter(({ positional }) => positional) : [];
    const place = places[before.length] ?? places.find(({ positional }) => positional === 'many');
    if (place?.words && !current.startsWith('-')) done(place.words.filter(word => word.startsWith(current)));
    else usual((_error, completions) => done(completions ?? []));
  };
}
