import type { Command } from '../commands/command.js';

export async function answerCompletion(_args: readonly string[], _commands: readonly Command[]): Promise<boolean> {
  return false;
}
