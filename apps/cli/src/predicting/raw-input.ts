import type { HostArray } from '@jogak/ops';

/** One input, before it is scaled or made one-hot. */
export interface RawInput {
  /** What people call it. */
  readonly name: string;
  /** Its row, counted from 0, where its file has several. */
  readonly row?: number;
  /** `[1, …]`: pixels, ids or numbers. */
  readonly values: HostArray;
}
