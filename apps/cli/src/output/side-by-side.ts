/** Blocks of lines beside one another, as many in a row as fit. */
export function sideBySide(blocks: readonly (readonly string[])[], columns: number, gap = 3): string[] {
  const width = Math.max(1, ...blocks.flat().map(line => line.length));
  const perRow = Math.max(1, Math.floor((columns + gap) / (width + gap)));
  const lines: string[] = [];
  for (let start = 0; start < blocks.length; start += perRow) {
    const row = blocks.slice(start, start + perRow);
    const height = Math.max(...row.map(block => block.length));
    for (let y = 0; y < height; y++)
      lines.push(
        row
          .map(block => (block[y] ?? '').padEnd(width))
          .join(' '.repeat(gap))
          .trimEnd(),
      );
    if (start + perRow < blocks.length) lines.push('');
  }
  return lines;
}
