import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { expect, it } from 'vitest';
import { tsBlocks } from './readme-example.js';

const readmes = ['.', ...['ops', 'layers', 'optimizers', 'datasets', 'samples', 'models', 'jogak'].map(name => `packages/${name}`)];

/** As a careful reader's project has them. */
const compilerOptions: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.NodeNext,
  customConditions: ['@jogak/source'],
  strict: true,
  noUncheckedIndexedAccess: true,
  exactOptionalPropertyTypes: true,
  skipLibCheck: true,
  noEmit: true,
  types: ['node'],
};

it('the READMEs’ examples have no errors of type', { timeout: 120_000 }, () => {
  const blocks = new Map<string, string>();
  for (const folder of readmes) {
    const readme = new URL(`../${folder}/README.md`, import.meta.url);
    for (const [i, code] of tsBlocks(readFileSync(readme, 'utf8')).entries())
      blocks.set(fileURLToPath(new URL(`README-${i + 1}.ts`, readme)).replaceAll('\\', '/'), code);
  }
  const host = ts.createCompilerHost(compilerOptions);
  const { readFile, fileExists, getSourceFile } = host;
  host.readFile = path => blocks.get(path) ?? readFile(path);
  host.fileExists = path => blocks.has(path) || fileExists(path);
  host.getSourceFile = (path, ...rest) => {
    const code = blocks.get(path);
    return code === undefined ? getSourceFile(path, ...rest) : ts.createSourceFile(path, code, rest[0]);
  };
  const program = ts.createProgram([...blocks.keys()], compilerOptions, host);
  const problems = [...blocks.keys()].flatMap(path => {
    const file = program.getSourceFile(path) as ts.SourceFile;
    return [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)].map(
      ({ start, messageText }) =>
        `${path}:${file.getLineAndCharacterOfPosition(start ?? 0).line + 1} ${ts.flattenDiagnosticMessageText(messageText, ' ')}`,
    );
  });
  expect(blocks.size).toBeGreaterThanOrEqual(readmes.length);
  expect(problems).toEqual([]);
});
