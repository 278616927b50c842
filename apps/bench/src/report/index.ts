export { peers } from '../peers/peers.js';
export { scatter } from '../statistics.js';
export { groups } from '../workloads/workload.js';
export { compare } from './compare.js';
export { showMegabytes, showRatio, showSeconds } from './figures.js';
export { type Report, reportSchema, type WorkloadReport } from './report.js';
