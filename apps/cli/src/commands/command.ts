import type { z } from 'zod';

/** A command line and what it does. */
export interface Example {
  readonly command: string;
  readonly does: string;
}

/** A command of `jogak`: all that parser, help and documentation need. What it runs is imported when it runs. */
export interface Command<Schema extends z.ZodObject = z.ZodObject> {
  readonly name: string;
  /** Its positionals, as yargs writes them: `train [recipe]`. */
  readonly usage: string;
  readonly description: string;
  readonly options: Schema;
  readonly examples: readonly Example[];
  /** Runs it. @returns the exit code */
  run(options: z.infer<Schema>): Promise<number>;
}

/** A {@link Command} among others, whose options differ. */
export function defineCommand<Schema extends z.ZodObject>(command: Command<Schema>): Command {
  return command as unknown as Command;
}
