import { normals, type Op } from './op.js';

export const random: readonly Op[] = [
  { name: 'uniform', op: 'uniform', title: '1960×100 uniform numbers', inputs: [], outputs: 196_000, functions: 196_000 },
  { name: 'normal', op: 'normal', title: '1960×100 normally distributed numbers', inputs: [], outputs: 196_000, functions: 2 * 196_000 },
  { name: 'dropout', op: 'dropout', title: 'Dropout of half of 32×1960', inputs: [normals(32, 1960)], outputs: 62_720, functions: 62_720 },
];
