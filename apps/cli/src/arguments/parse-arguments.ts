import { options as config } from '@jogak/ops';
import yargs from 'yargs';
import type { Command } from '../commands/command.js';
import { checkOptions } from './check-options.js';
import { completeNames, completionDescription } from './completion.js';
import { describeFlags, type FlagDescription } from './flag.js';
import { UsageError } from './usage-error.js';

/** What a command line asks for: a command with its options, or a text to print. */
export type Parsed = { readonly command: Command; readonly options: Record<string, unknown> } | { readonly text: string };

/** What {@link parseArguments} needs beside the arguments. */
export interface ParseContext {
  readonly commands: readonly Command[];
  readonly version: string;
  /** Width of the help; null for unlimited. */
  readonly columns: number | null;
}

/**
 * Reads a command line.
 *
 * @throws {UsageError} in one sentence: for what there is not, as it was typed, for a missing or wrong value, and for a repetition
 */
export function parseArguments(args: readonly string[], context: ParseContext): Parsed {
  let found: { command: Command; values: Record<string, unknown> } | null = null;
  const parser = commandParser(context, (command, values) => (found = { command, values }));
  const answer: { error?: Error; text?: string } = {};
  parser.parse([...args], {}, (error: Error | undefined, _values: unknown, text: string) => {
    if (error) answer.error = error;
    if (text) answer.text = text;
  });
  if (answer.error) throw usageError(answer.error, args, context);
  if (!found) return { text: answer.text ?? '' };
  const { command, values } = found as { command: Command; values: Record<string, unknown> };
  const flags = describeFlags(command.options);
  checkBooleans(flags, args);
  return { command, options: checkOptions(command.options, optionsOf(flags, values, command)) };
}

/** The yargs parser of all commands. @param onCommand told which one was asked for */
export function commandParser(
  { commands, version, columns }: ParseContext,
  onCommand: (command: Command, values: Record<string, unknown>) => void,
) {
  let parser = yargs()
    .scriptName('jogak')
    .locale('en')
    .usage('Train, evaluate and use deep-learning models.\n\nUsage: $0 COMMAND')
    .parserConfiguration({
      // So that --no-such-flag is named as it was typed, and values reach the schema as they are.
      'boolean-negation': false,
      'camel-case-expansion': false,
      'dot-notation': false,
      'parse-numbers': false,
      'parse-positional-numbers': false,
      'short-option-groups': false,
    })
    .strict()
    .demandCommand(1, 'say what to do: jogak --help lists the commands')
    .exitProcess(false)
    .showHelpOnFail(false)
    .wrap(columns)
    .version(version)
    .help()
    .alias('help', 'h')
    .completion('completion', completionDescription, completeNames(commands))
    .epilogue('jogak COMMAND --help shows the options and examples of a command.');
  for (const command of commands) {
    parser = parser.command(
      command.usage,
      command.description,
      builder => {
        builder.usage(`Usage: $0 ${command.usage}\n\n${command.description}`).epilogue('');
        for (const { name, kind, argument, description, positional } of describeFlags(command.options)) {
          if (positional) builder.positional(name, { describe: description });
          else if (kind === 'boolean') builder.option(name, { describe: description, boolean: true });
          else builder.option(name, { describe: `${argument}: ${description}`, requiresArg: true });
        }
        for (const example of command.examples) builder.example(example.command, example.does);
      },
      values => onCommand(command, values),
    );
  }
  return parser;
}

/** Yargs takes `--json=maybe` for false, and the last of repeated switches. */
function checkBooleans(flags: readonly FlagDescription[], args: readonly string[]): void {
  const end = args.indexOf('--');
  const typed = end < 0 ? args : args.slice(0, end);
  for (const { name } of flags.filter(({ kind }) => kind === 'boolean')) {
    const uses = typed.filter(arg => arg === `--${name}` || arg.startsWith(`--${name}=`));
    if (uses.length > 1) throw repeated(name);
    const value = uses[0]?.split('=')[1];
    if (value !== undefined && value !== 'true' && value !== 'false')
      throw new UsageError(`--${name} must be true or false; got ${JSON.stringify(value)}`);
  }
}

const repeated = (name: string): UsageError => new UsageError(`--${name} is given more than once; give it once`);

function optionsOf(flags: readonly FlagDescription[], values: Record<string, unknown>, command: Command): Record<string, unknown> {
  const options: Record<string, unknown> = {};
  for (const flag of flags) {
    const value = values[flag.name];
    if (value === undefined) continue;
    if (Array.isArray(value) && flag.positional !== 'many') throw repeated(flag.name);
    options[flag.key] = flag.kind === 'number' ? toNumber(value) : value;
  }
  // What stands behind -- belongs to the places that take all that follows.
  const rest = (values._ as unknown[]).slice(1).map(String);
  const many = flags.find(({ positional }) => positional === 'many');
  if (many) {
    const all = [...((options[many.key] as string[] | undefined) ?? []), ...rest];
    if (all.length > 0) options[many.key] = all;
    else delete options[many.key];
  } else if (rest.length > 0) throw new UsageError(`jogak ${command.name}: "${rest[0]}" is one argument too many`);
  return options;
}

/** A number as it is typed; anything else stays a text, for the schema to refuse. */
function toNumber(value: unknown): unknown {
  return typeof value === 'string' && /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(value) ? Number(value) : value;
}

/** What yargs found wrong, in our words. */
function usageError({ message }: Error, args: readonly string[], { commands }: ParseContext): UsageError {
  const command = commands.find(({ name }) => name === args[0]);
  const listed = /^Unknown arguments?: (.*)$/.exec(message)?.[1]?.split(', ');
  // An unknown command explains all that is unknown after it.
  const unknown = command === undefined && listed?.includes(args[0] as string) ? args[0] : listed?.[0];
  const missing = /^Not enough arguments following: (.*)$/.exec(message)?.[1];
  const withoutPlace = /^Not enough non-option arguments: /.test(message);
  if (missing !== undefined) {
    const argument = command && describeFlags(command.options).find(({ name }) => name === missing)?.argument;
    return new UsageError(`--${missing} needs a value${argument ? `: --${missing} ${argument}` : ''}`);
  }
  if (withoutPlace && command) return new UsageError(`jogak ${command.name} needs more: the usage is jogak ${command.usage}`);
  if (unknown === undefined) return new UsageError(message);
  const typed = args.find(arg => arg.replace(/^-+/, '').split('=')[0] === unknown && arg.startsWith('-'));
  if (typed) {
    const known = command ? describeFlags(command.options).filter(({ positional }) => !positional) : [];
    const name = typed.split('=')[0] as string;
    return new UsageError(
      `there is no option ${name}${command ? ` in jogak ${command.name}` : ''}${suggestion(
        name,
        known.map(flag => `--${flag.name}`),
      )}`,
    );
  }
  if (command) return new UsageError(`jogak ${command.name}: "${unknown}" is one argument too many`);
  return new UsageError(
    `there is no command "${unknown}"${config.suggestion(
      unknown,
      commands.map(({ name }) => name),
    )}`,
  );
}

/** Flags are too many to list: only a likely one is named. */
function suggestion(name: string, known: readonly string[]): string {
  const text = config.suggestion(name, known);
  return text.includes('did you mean') ? text : '; --help lists the options';
}
