// Builds the kernels: `node build/wasm.mjs`. Writes
//   assembly/gen/dispatch.ts  the switch from a kernel's number to its function,
//   gen/wasm.js               both builds as base64, plain and relaxed SIMD, and the numbers of the kernels,
//   gen/worker-source.js      what a helping thread runs.
// With --names, the modules keep the functions' names, for a profile to tell them by (`node --cpu-prof`).
// A kernel is any exported function of assembly/*/*.ts with the signature (job: usize, chunk: i32, thread: i32): void.
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { transform } from 'esbuild';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const assembly = path.join(root, 'assembly');
const KERNEL = /^export function (\w+)\(job: usize, chunk: i32, thread: i32\): void/gm;

/** [name, module] of every kernel, in the order of their names. */
async function findKernels() {
  const files = (await readdir(assembly, { recursive: true }))
    .filter(file => file.endsWith('.ts') && path.dirname(file) !== '.')
    .map(file => file.replaceAll('\\', '/'));
  const kernels = [];
  for (const file of files.filter(name => !name.startsWith('gen/'))) {
    const text = await readFile(path.join(assembly, file), 'utf8');
    for (const [, name] of text.matchAll(KERNEL)) kernels.push([name, `../${file.replace(/\.ts$/, '')}`]);
  }
  kernels.sort(([a], [b]) => (a < b ? -1 : 1));
  const twice = kernels.find(([name], index) => name === kernels[index + 1]?.[0]);
  if (twice)
    throw new Error(
      `two kernels are called ${twice[0]}: in ${kernels
        .filter(([name]) => name === twice[0])
        .map(([, module]) => module)
        .join(' and ')}`,
    );
  return kernels;
}

async function writeDispatch(kernels) {
  const imports = kernels.map(([name, module]) => `import { ${name} } from '${module}';`);
  const cases = kernels.map(([name], index) => `    case ${index}:\n      ${name}(job, chunk, thread);\n      return;`);
  const text = `// Written by build/wasm.mjs.\n${imports.join('\n')}

/** Runs one chunk of kernel number \`kernel\`. */
export function runChunk(kernel: i32, job: usize, chunk: i32, thread: i32): void {
  switch (kernel) {
${cases.join('\n')}
    default:
      unreachable();
  }
}
`;
  await mkdir(path.join(assembly, 'gen'), { recursive: true });
  await writeFile(path.join(assembly, 'gen/dispatch.ts'), text);
}

/** One build of the kernels. The memory is shared, and grows up to the 4 GiB that 32-bit addresses reach. */
async function compile(features, folder) {
  const asc = path.join(path.dirname(createRequire(import.meta.url).resolve('assemblyscript/package.json')), 'bin/asc.js');
  const file = path.join(folder, `${features.join('-')}.wasm`);
  const options = [
    '-O3',
    '--noAssert',
    '--runtime',
    'stub',
    '--importMemory',
    '--sharedMemory',
    '--initialMemory',
    '16',
    '--maximumMemory',
    '65536',
  ];
  if (process.argv.includes('--names')) options.push('--debug');
  const enabled = features.flatMap(feature => ['--enable', feature]);
  try {
    await promisify(execFile)(process.execPath, [asc, path.join(assembly, 'index.ts'), ...options, ...enabled, '-o', file], { cwd: root });
  } catch (error) {
    throw new Error(`the kernels do not compile:\n${error.stderr ?? error}`);
  }
  return readFile(file);
}

const kernels = await findKernels();
await writeDispatch(kernels);
const folder = await mkdtemp(path.join(tmpdir(), 'jogak-wasm-'));
try {
  const [plain, relaxed] = await Promise.all([compile(['simd', 'threads'], folder), compile(['simd', 'threads', 'relaxed-simd'], folder)]);
  await mkdir(path.join(root, 'gen'), { recursive: true });
  const ids = kernels.map(([name], index) => `  ${name}: ${index},`).join('\n');
  await writeFile(
    path.join(root, 'gen/wasm.js'),
    `// Written by build/wasm.mjs.
export const plain = '${plain.toString('base64')}';
export const relaxed = '${relaxed.toString('base64')}';
export const kernelIds = {
${ids}
};
`,
  );
  await writeFile(
    path.join(root, 'gen/wasm.d.ts'),
    `/** The kernels in plain SIMD, base64. */
export declare const plain: string;
/** The kernels in relaxed SIMD, base64. */
export declare const relaxed: string;
/** Number of each kernel. */
export declare const kernelIds: {
${kernels.map(([name]) => `  readonly ${name}: number;`).join('\n')}
};
`,
  );
  const worker = await transform(await readFile(path.join(root, 'src/worker.ts'), 'utf8'), {
    loader: 'ts',
    minify: true,
    target: 'es2022',
    format: 'iife',
  });
  await writeFile(
    path.join(root, 'gen/worker-source.js'),
    `// Written by build/wasm.mjs.\nexport default ${JSON.stringify(worker.code)};\n`,
  );
  await writeFile(
    path.join(root, 'gen/worker-source.d.ts'),
    '/** src/worker.ts as a script. */\ndeclare const source: string;\nexport default source;\n',
  );
  console.log(`${kernels.length} kernels: ${plain.length} bytes plain, ${relaxed.length} relaxed`);
} finally {
  await rm(folder, { recursive: true });
}
