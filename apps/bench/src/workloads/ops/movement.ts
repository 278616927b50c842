import { integers, normals, type Op } from './op.js';

const image = normals(32, 32, 32, 16);

export const movement: readonly Op[] = [
  {
    name: 'transpose',
    op: 'transpose',
    title: '1024×1024 transposed',
    inputs: [normals(1024, 1024)],
    outputs: 1_048_576,
  },
  {
    name: 'transpose-heads',
    op: 'transposeHeads',
    title: '32×64×4×32 with steps and heads exchanged',
    inputs: [normals(32, 64, 4, 32)],
    outputs: 262_144,
  },
  {
    name: 'gather',
    op: 'gather',
    title: '3,200 rows of 1000×32',
    inputs: [normals(1000, 32), integers(1000, 3200)],
    outputs: 102_400,
  },
  {
    name: 'segment-sum',
    op: 'segmentSum',
    title: '3200×32 added up to 1,000 rows: an embedding’s gradient',
    inputs: [normals(3200, 32), integers(1000, 3200)],
    outputs: 32_000,
    arithmetic: 102_400,
  },
  {
    name: 'gather-nd',
    op: 'gatherRows',
    title: '512 rows of 512×512, by gatherND',
    inputs: [normals(512, 512), integers(512, 512, 1)],
    outputs: 262_144,
  },
  {
    name: 'scatter-nd',
    op: 'scatterRows',
    title: '512×512 added to the rows of 512×512, by scatterND',
    inputs: [normals(512, 512), integers(512, 512, 1)],
    outputs: 262_144,
    arithmetic: 262_144,
  },
  { name: 'one-hot', op: 'oneHot', title: '3,200 ids one-hot, of 100', inputs: [integers(100, 3200)], outputs: 320_000 },
  {
    name: 'concat',
    op: 'concat',
    title: 'Channels of two 32×28×28×10 side by side',
    inputs: [normals(32, 28, 28, 10), normals(32, 28, 28, 10)],
    outputs: 501_760,
  },
  { name: 'slice', op: 'slice', title: 'Half of the channels of 32×32×32×16', inputs: [image], outputs: 262_144 },
  { name: 'pad', op: 'pad', title: '32×32×32×16 with a frame of zeros', inputs: [image], outputs: 591_872 },
  { name: 'tile', op: 'tile', title: '32×1×512, 64 times: a query for every step', inputs: [normals(32, 1, 512)], outputs: 1_048_576 },
  { name: 'reverse', op: 'reverse', title: 'Steps of 32×100×64 backwards', inputs: [normals(32, 100, 64)], outputs: 204_800 },
];
