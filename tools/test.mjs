// `npm test`: builds, checks types, lints and runs every test, then says how many passed, alone on the last line.
// Everything runs even where a check fails, but nothing without a build. Tools are started through Node, so that no shell is needed.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { program } from './program.mjs';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

function run(title, file, args) {
  console.log(`\n— ${title}`);
  const env = { ...process.env, TURBO_TELEMETRY_DISABLED: '1' };
  return spawnSync(process.execPath, [file, ...args], { cwd: root, stdio: 'inherit', env }).status === 0;
}

const results = mkdtempSync(path.join(tmpdir(), 'jogak-test-'));
const report = path.join(results, 'report.json');
let failed = 0;
let passed = 0;
try {
  if (run('build', program('turbo'), ['run', 'build', '--output-logs=errors-only'])) {
    if (!run('types', program('turbo'), ['run', 'typecheck', '--output-logs=errors-only'])) failed++;
    if (!run('types of tools', program('typescript', 'tsc'), ['-p', 'tools/tsconfig.json'])) failed++;
    if (!run('lint', program('@biomejs/biome', 'biome'), ['check', '.'])) failed++;
    if (!run('unused files, exports and dependencies', program('knip'), [])) failed++;
    const fine = run('tests', program('vitest'), ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`]);
    const { numPassedTests, numFailedTests } = readReport();
    passed += numPassedTests;
    failed += numFailedTests;
    // A file that does not load, or an error outside of any test, fails the run without failing a test.
    if (!fine && numFailedTests === 0) failed++;
  } else {
    failed++;
  }
} finally {
  rmSync(results, { recursive: true, force: true });
}
console.log(`\nTests: ${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;

function readReport() {
  try {
    return JSON.parse(readFileSync(report, 'utf8'));
  } catch {
    return { numPassedTests: 0, numFailedTests: 0 };
  }
}
