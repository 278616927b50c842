import { z } from 'zod';
import { peerNames } from '../peers/peers.js';
import { groups } from '../workloads/workload.js';

const positive = z.number().positive();
const count = z.int().nonnegative();
const rate = z.strictObject({ one: positive, all: positive });
const peer = z.enum(peerNames as unknown as [string, ...string[]]);

const measured = z.strictObject({
  peer,
  engine: z.string(),
  threads: count.nullable(),
  seconds: z.strictObject({ median: z.number(), min: z.number(), max: z.number() }),
  rounds: z.int().positive(),
  unitsTimed: z.int().positive(),
  extrapolated: z.boolean(),
  parameters: count.nullable(),
  check: z.array(z.number()),
  peakMemoryBytes: positive,
  note: z.string().nullable(),
});

const unable = z.strictObject({ peer, cannot: z.string() });

/** What `--json` writes: a run with the machine it was made on. Seconds, bytes, and operations a second. */
export const reportSchema = z.strictObject({
  version: z.literal(1),
  date: z.iso.datetime(),
  machine: z.strictObject({
    processor: z.string(),
    cores: z.int().positive(),
    vectors: z.enum(['AVX-512', 'AVX2', 'AVX', 'SSE', 'NEON', 'unknown']),
    memoryBytes: positive,
    platform: z.string(),
    node: z.string(),
    load: z.number(),
  }),
  peaks: z.strictObject({ threads: z.int().positive(), plain: rate, relaxed: rate.nullable(), read: rate, update: rate }),
  rounds: z.int().positive(),
  workloads: z.array(
    z.strictObject({
      name: z.string(),
      group: z.enum(Object.keys(groups) as [keyof typeof groups]),
      title: z.string(),
      per: z.string(),
      units: z.int().positive(),
      /** Where the data came from; null where random numbers are what is meant. */
      data: z.string().nullable(),
      operations: z.number().nullable(),
      bytes: z.number().nullable(),
      floor: z.strictObject({ seconds: positive, bound: z.enum(['arithmetic', 'memory']) }).nullable(),
      peers: z.array(z.union([measured, unable])),
    }),
  ),
});

/** A run of the benchmark. */
export type Report = z.infer<typeof reportSchema>;

export type WorkloadReport = Report['workloads'][number];
export type MeasuredReport = z.infer<typeof measured>;

/** What a peer was measured at; undefined where it could not take part. */
export function measuredBy({ peers: results }: WorkloadReport, name: string): MeasuredReport | undefined {
  return results.find((result): result is MeasuredReport => result.peer === name && 'seconds' in result);
}
