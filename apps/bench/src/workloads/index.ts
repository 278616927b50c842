import { kernels } from './kernels.js';
import { ops } from './ops/index.js';
import { training } from './training.js';
import { type Group, groups, type Workload } from './workload.js';

const byGroup: Readonly<Record<Group, readonly Workload[]>> = { ...training, ...kernels, ...ops };

/** All workloads, group by group. */
export const workloads: readonly Workload[] = (Object.keys(groups) as Group[]).flatMap(group => byGroup[group]);

export { groups, type PreparedTask, type Workload } from './workload.js';
