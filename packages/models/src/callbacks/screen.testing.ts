import type { TextStream } from '../platform/platform.js';

/** A terminal of `columns` columns that keeps what stands on it: enough of one to see whether lines wrap, and what is drawn over. */
export class Screen implements TextStream {
  readonly isTTY = true;
  /** Lines that were begun because one was too long. */
  wrapped = 0;
  /** Whether something was left other than it was found: the cursor hidden, wrapping off. */
  readonly modes = new Set<string>();
  private readonly cells: string[][] = [[]];
  private row = 0;
  private column = 0;
  private saved: [number, number] = [0, 0];

  constructor(readonly columns: number) {}

  /** What stands there, line by line. */
  get lines(): string[] {
    return this.cells.map(line =>
      Array.from(line, cell => cell ?? ' ')
        .join('')
        .trimEnd(),
    );
  }

  write(text: string): boolean {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what a terminal is told with
    for (const [token] of text.matchAll(/\u001b\[[?\d;]*[A-Za-z]|\u001b[78]|[\s\S]/gu)) this.obey(token);
    return true;
  }

  private obey(token: string): void {
    if (token === '\n') this.to(this.row + 1, 0);
    else if (token === '\r') this.column = 0;
    else if (token === '\u001b7') this.saved = [this.row, this.column];
    else if (token === '\u001b8') [this.row, this.column] = this.saved;
    else if (/\[\d*G$/.test(token)) this.column = Number(/\d+/.exec(token)?.[0] ?? 1) - 1;
    else if (/\[0?K$/.test(token)) this.line.length = Math.min(this.line.length, this.column);
    else if (/\[\?\d+[hl]$/.test(token)) this.set(token);
    else if (token.startsWith('\u001b')) throw new Error(`the screen does not know ${JSON.stringify(token)}`);
    else this.put(token);
  }

  private put(character: string): void {
    if (this.column === this.columns) {
      this.wrapped++;
      this.to(this.row + 1, 0);
    }
    this.line[this.column++] = character;
  }

  private to(row: number, column: number): void {
    this.row = row;
    this.column = column;
    this.cells[row] ??= [];
  }

  private get line(): string[] {
    return this.cells[this.row] as string[];
  }

  private set(mode: string): void {
    const usual = mode === '\u001b[?25h' || mode === '\u001b[?7h';
    const name = mode.slice(0, -1);
    if (usual) this.modes.delete(name);
    else this.modes.add(name);
  }
}
