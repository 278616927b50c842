import type { FileStore } from '../data/file-store.js';
import type { Cost } from '../floor/cost.js';
import type { PeerName } from '../peers/peers.js';
import type { Task } from '../protocol.js';

/** What belongs together in the table, and can be asked for by one name. */
export const groups = {
  recipes: 'A training epoch of each recipe: time of training alone, with its own optimizer and batch size',
  gemm: 'Matrix products of n×n by n×n, float32',
  conv2d: 'Convolutions, forward and both gradients',
  'kernels-elementwise': 'Ops of one element at a time, with and without broadcasting, and casts',
  'kernels-reductions': 'Sums and their like, softmax, and what looks for the largest',
  'kernels-movement': 'What moves numbers and computes nothing, and sums of scattered rows',
  'kernels-images': 'Pooling, depthwise and transposed convolution, resizing and normalization, and their gradients',
  'kernels-random': 'Random fills, each peer with its own generator',
  steps: 'One training step of larger networks, batch 32',
  predict: 'One prediction at a time, from numbers on the host to numbers on the host',
  scaling: 'Time a sample of fashion-cnn, by the number of samples in an epoch',
  'start-up': 'From the start of the process to the end of the first two training steps, less a process that does nothing',
  memory: 'Largest resident memory of all epochs of a recipe in a process of its own',
} as const;

export type Group = keyof typeof groups;

/** Groups of single ops. */
export type OpGroup = Extract<Group, `kernels-${string}`>;

/** How a workload is measured. */
export type Method =
  /** In rounds, interleaved with the other peers. */
  | 'rounds'
  /** By processes that start anew for each round. */
  | 'start-up'
  /** By the memory that one process comes to hold. */
  | 'memory';

/** What the task of a workload is made of. */
export interface WorkloadContext {
  readonly files: FileStore;
  readonly dataDir: string | null;
}

/** A task with what is to be said of its data. */
export interface PreparedTask {
  readonly task: Task;
  /** Where the data come from, in words; null where random numbers are what is meant. */
  readonly data: string | null;
}

/** A piece of work that all peers do. */
export interface Workload {
  /** As `--only` has it. */
  readonly name: string;
  readonly group: Group;
  /** What is done, in a line. */
  readonly title: string;
  readonly method: Method;
  /** What the figures are of: `epoch`, `step`, `product`, … */
  readonly per: string;
  /** How many of the task's units that is: the steps of an epoch, else 1. */
  readonly units: number;
  /** Cost of one of what the figures are of; null where there is no floor to compare with. */
  readonly cost: Cost | null;
  /** Who takes part; null for everyone. */
  readonly peers: readonly PeerName[] | null;
  /** Seconds of work before a round that counts. @default 2, for which engines compile again what they have dropped in the meantime */
  readonly warmUp?: number;
  prepare(context: WorkloadContext): Promise<PreparedTask>;
}
