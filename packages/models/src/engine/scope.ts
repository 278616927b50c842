import { tidy } from '@jogak/ops';

/** `tidy` for results of any type: tfjs-core's own type leaves null and read-only arrays out, though it walks them. */
export const scope: <Result>(compute: () => Result) => Result = tidy as never;
