import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Command } from './driver.js';
import { type PeerName, peers } from './peers.js';

/** The Python that peers run in: `JOGAK_BENCH_PYTHON`, else the system's. */
export const python = (): string => process.env.JOGAK_BENCH_PYTHON ?? 'python3';

/** What each Python peer imports. */
const modules = { pytorch: ['torch'], jax: ['jax'], 'keras-jax': ['keras', 'jax'], 'keras-tensorflow': ['keras', 'tensorflow'] } as const;

/** The process of a peer that computes with so many threads; null leaves their number to the engine. */
export function peerCommand(name: PeerName, threads: number | null): Command {
  const { kind, script, arguments: given } = peers[name];
  if (kind === 'python') {
    const file = fileURLToPath(new URL(`../../peers/${script}.py`, import.meta.url));
    // Engines of their own kind take no orders from the user's environment.
    const env = { ...process.env, PYTHONUNBUFFERED: '1', TF_CPP_MIN_LOG_LEVEL: '3', JAX_PLATFORMS: 'cpu', CUDA_VISIBLE_DEVICES: '' };
    return { file: python(), arguments: [file, `--threads=${threads ?? 0}`, ...given], env };
  }
  return { file: process.execPath, arguments: [fileURLToPath(new URL(`../drivers/${script}.js`, import.meta.url)), ...given] };
}

/** Process of a program that starts a peer's language and does nothing. */
export function bareCommand(name: PeerName): Command {
  return peers[name].kind === 'python'
    ? { file: python(), arguments: ['-c', ''] }
    : { file: process.execPath, arguments: ['--input-type=module', '--eval', ''] };
}

const found = new Map<PeerName, string | null>();

/** Why a peer cannot take part on this machine; null when it can. Python is asked once. */
export function missing(name: PeerName): string | null {
  const reason = found.has(name) ? (found.get(name) as string | null) : look(name);
  found.set(name, reason);
  return reason;
}

function look(name: PeerName): string | null {
  if (peers[name].kind !== 'python') return null;
  const names = modules[name as keyof typeof modules];
  const find = `import importlib.util, sys; print(*[m for m in sys.argv[1:] if importlib.util.find_spec(m) is None])`;
  const { status, stdout } = spawnSync(python(), ['-c', find, ...names], { encoding: 'utf8' });
  if (status !== 0) return `there is no ${python()}; JOGAK_BENCH_PYTHON says where it is`;
  const lacking = stdout.trim().split(' ').filter(Boolean);
  return lacking.length === 0 ? null : `${python()} has no ${lacking.join(' and no ')}`;
}
