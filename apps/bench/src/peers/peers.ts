/** Everyone who takes part, ourselves first. */
export const peers = {
  'jogak-simd': { title: 'Jogak simd', kind: 'jogak', script: 'jogak', arguments: ['simd'] },
  'jogak-simd-1': { title: 'Jogak simd, 1 thread', kind: 'jogak', script: 'jogak', arguments: ['simd'] },
  'jogak-cpu': { title: 'Jogak cpu', kind: 'jogak', script: 'jogak', arguments: ['cpu'] },
  'tfjs-cpu': { title: 'tfjs-layers cpu', kind: 'javascript', script: 'tfjs', arguments: ['cpu'] },
  'tfjs-wasm': { title: 'tfjs-layers wasm', kind: 'javascript', script: 'tfjs', arguments: ['wasm'] },
  'jax-js': { title: 'jax-js', kind: 'javascript', script: 'jax-js', arguments: [] },
  pytorch: { title: 'PyTorch', kind: 'python', script: 'pytorch', arguments: [] },
  jax: { title: 'JAX', kind: 'python', script: 'jax_scan', arguments: [] },
  'keras-jax': { title: 'Keras on JAX', kind: 'python', script: 'keras_fit', arguments: ['jax'] },
  'keras-tensorflow': { title: 'Keras on TensorFlow', kind: 'python', script: 'keras_fit', arguments: ['tensorflow'] },
} as const satisfies Readonly<Record<string, Peer>>;

/** Who does the same work as we do. */
export interface Peer {
  /** For people. */
  readonly title: string;
  readonly kind: 'jogak' | 'javascript' | 'python';
  /** The driver, without folder and ending. */
  readonly script: string;
  readonly arguments: readonly string[];
}

export type PeerName = keyof typeof peers;

export const peerNames = Object.keys(peers) as readonly PeerName[];

/**
 * The thread counts that a peer is tried with, of which the fastest counts; null leaves the choice to the engine. Those of JavaScript have one thread in Node, and
 * our `simd` takes all it can have, as it does for users.
 *
 * @param cores of the machine
 */
export function threadChoices(name: PeerName, cores: number): readonly (number | null)[] {
  if (name === 'jogak-simd') return [cores];
  if (peers[name].kind !== 'python') return [1];
  return cores === 1 ? [1] : [1, cores];
}
