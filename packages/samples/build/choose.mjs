// A seeded, stratified choice that can be made again in any language: rows of a class in the order of the SHA-256 of 'seed/part/row'.
import { createHash } from 'node:crypto';

/**
 * Rows in a mixed order, in which a row's place depends on the seed and the row alone.
 *
 * @param {readonly number[]} rows
 * @param {string} seed
 * @returns {number[]}
 */
export function mix(rows, seed) {
  const rank = row => createHash('sha256').update(`${seed}/${row}`).digest('hex');
  return rows
    .map(row => ({ row, rank: rank(row) }))
    .sort((a, b) => (a.rank < b.rank ? -1 : 1))
    .map(({ row }) => row);
}

/**
 * `perClass` rows of each class, in ascending order, so that the choice keeps the order of the original.
 *
 * @param {ArrayLike<number>} labels of all rows
 * @param {number} perClass how many of each
 * @param {string} seed and part, as 'seed/part'
 * @returns {number[]} row numbers
 */
export function chooseStratified(labels, perClass, seed) {
  const byClass = new Map();
  for (let row = 0; row < labels.length; row++) {
    const rows = byClass.get(labels[row]) ?? [];
    rows.push(row);
    byClass.set(labels[row], rows);
  }
  const chosen = [];
  for (const [label, rows] of byClass) {
    if (rows.length < perClass) throw new Error(`class ${label} has only ${rows.length} rows; ${perClass} are wanted`);
    chosen.push(...mix(rows, seed).slice(0, perClass));
  }
  return chosen.sort((a, b) => a - b);
}
