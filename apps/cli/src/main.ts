import { readFileSync } from 'node:fs';
import { completionFlag, completionHelp } from './arguments/completion.js';
import { commandParser, parseArguments } from './arguments/parse-arguments.js';
import { UsageError } from './arguments/usage-error.js';
import { commands } from './commands/index.js';
import { reportError } from './output/errors.js';
import { watchOutput } from './output/output-failure.js';
import { print, terminalColumns } from './output/terminal.js';

/** Runs a command line. @returns the exit code: 0 success, 1 failure, 2 wrong usage, 130 and 143 after SIGINT and SIGTERM */
export async function main(args: readonly string[]): Promise<number> {
  try {
    const version = packageVersion();
    const context = { commands, version, columns: Math.min(terminalColumns(), 120) };
    // Yargs answers these itself.
    if (args.includes(completionFlag) || args[0] === 'completion') {
      if (args[0] === 'completion' && args.slice(1).some(arg => arg === '--help' || arg === '-h')) {
        print(completionHelp);
        return 0;
      }
      if (args[0] === 'completion' && args.length > 1)
        throw new UsageError('jogak completion takes no arguments: it prints the script of the shell that SHELL names');
      await commandParser(context, () => {}).parseAsync([...args]);
      return 0;
    }
    const parsed = parseArguments(args, context);
    if (!('command' in parsed)) {
      print(parsed.text);
      return 0;
    }
    return await parsed.command.run(parsed.options);
  } catch (error) {
    reportError(error, { json: args.includes('--json') });
    return error instanceof UsageError ? 2 : 1;
  }
}

/** {@link main} with this process' arguments and exit code. */
export async function runFromCommandLine(): Promise<void> {
  watchOutput();
  process.exitCode = await main(process.argv.slice(2));
}

function packageVersion(): string {
  const file = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
  return (JSON.parse(file) as { version: string }).version;
}
