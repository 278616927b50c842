import type { OpGroup, Workload } from '../workload.js';
import { elementwise } from './elementwise.js';
import { images } from './images.js';
import { movement } from './movement.js';
import { opWorkloads } from './op.js';
import { random } from './random.js';
import { reductions } from './reductions.js';

const groups = {
  'kernels-elementwise': elementwise,
  'kernels-reductions': reductions,
  'kernels-movement': movement,
  'kernels-images': images,
  'kernels-random': random,
} as const;

/** Single ops, at shapes that networks have. */
export const ops = Object.fromEntries(
  Object.entries(groups).map(([group, members]) => [group, opWorkloads(group as OpGroup, members)]),
) as unknown as Readonly<Record<OpGroup, readonly Workload[]>>;
