import { SingleBar } from 'cli-progress';
import type { LiveLine, Terminal, TextStream } from './platform.js';

/** The terminal that the process writes to. */
export const nodeTerminal: Terminal = {
  columns: () => process.stdout.columns || 80,
  get progressStream(): TextStream {
    return process.stderr;
  },
  isAutomated: () => process.env.CI === 'true',
  liveLine,
};

function liveLine(stream: TextStream, text: () => string): LiveLine | null {
  if (!stream.isTTY) return null;
  const bar = new SingleBar({
    stream: stream as unknown as NodeJS.WritableStream,
    format: () => text(),
    // Neither is the cursor hidden nor wrapping turned off, so that however the process ends there is nothing to put right again.
    hideCursor: false,
    linewrap: true,
    fps: 10,
  });
  bar.start(1, 0);
  return { update: () => bar.update(0), end: () => bar.stop() };
}
