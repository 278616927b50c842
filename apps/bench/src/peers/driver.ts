import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Reply, Request } from '../protocol.js';

/** How a driver's process is started. */
export interface Command {
  readonly file: string;
  readonly arguments: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
}

/** Last bytes of what a driver complained of, for messages. */
const COMPLAINT = 2000;

/** A peer in a process of its own, asked one thing at a time. */
export class Driver {
  private readonly child: ChildProcess;
  private waiting: { resolve(reply: Reply): void; reject(error: Error): void } | null = null;
  private complaint = '';
  private ended: Error | null = null;
  /** When the process was started, by `performance.now()`. */
  readonly started: number = performance.now();

  constructor(
    private readonly title: string,
    command: Command,
  ) {
    this.child = spawn(command.file, [...command.arguments], { stdio: ['pipe', 'pipe', 'pipe'], env: command.env ?? process.env });
    createInterface({ input: this.child.stdout as NodeJS.ReadableStream }).on('line', line => this.receive(line));
    this.child.stderr?.on('data', (data: Buffer) => {
      this.complaint = (this.complaint + data.toString()).slice(-COMPLAINT);
    });
    // A process that has ended takes no more requests: its exit is what is reported.
    this.child.stdin?.on('error', () => {});
    this.child.on('error', error => this.fail(error));
    this.child.on('close', (code, signal) =>
      this.fail(new Error(`${title}: its process ended with ${signal ?? `exit code ${code}`}\n${this.complaint.trim()}`)),
    );
  }

  /** Sends a request, and gives its answer. @throws {Error} when the driver fails, or has ended */
  async ask<Answer extends Reply>(request: Request): Promise<Answer> {
    if (this.ended) throw this.ended;
    if (this.waiting) throw new Error(`${this.title} is still busy`);
    const answer = new Promise<Reply>((resolve, reject) => {
      this.waiting = { resolve, reject };
    });
    this.child.stdin?.write(`${JSON.stringify(request)}\n`);
    const reply = await answer;
    if ('error' in reply) throw new Error(`${this.title}: ${reply.error}`);
    return reply as Answer;
  }

  /** Ends the process, and waits until it is gone. */
  async end(): Promise<void> {
    const gone = new Promise(resolve => this.child.once('close', resolve));
    if (this.ended) return;
    this.child.kill();
    await gone;
  }

  private receive(line: string): void {
    const waiting = this.waiting;
    this.waiting = null;
    try {
      waiting?.resolve(JSON.parse(line) as Reply);
    } catch {
      waiting?.reject(new Error(`${this.title} answered with something that is not JSON: ${line.slice(0, 200)}`));
    }
  }

  private fail(error: Error): void {
    this.ended ??= error;
    this.waiting?.reject(this.ended);
    this.waiting = null;
  }
}
