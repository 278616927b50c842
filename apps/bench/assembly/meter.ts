// What the machine can do at best: the loops by which `../src/machine/meter.ts` measures arithmetic and memory. Pointers are byte offsets.

/**
 * Multiplies and adds in twelve chains that do not wait for each other: enough to hide the latency of either instruction, few enough for the 16 vector
 * registers of x86-64. One fused instruction where relaxed SIMD is built for, else two.
 *
 * @param x the factor, a little below 1; it comes from outside, since Node 24 makes vectors of constants anew in every turn
 * @param y the term
 * @returns a number that depends on all chains, so that none is left out
 */
export function multiplyAdd(turns: i32, x: f32, y: f32): f32 {
  const factor = f32x4.splat(x);
  const term = f32x4.splat(y);
  let a = f32x4.splat(0.1);
  let b = f32x4.splat(0.2);
  let c = f32x4.splat(0.3);
  let d = f32x4.splat(0.4);
  let e = f32x4.splat(0.5);
  let f = f32x4.splat(0.6);
  let g = f32x4.splat(0.7);
  let h = f32x4.splat(0.8);
  let i = f32x4.splat(0.9);
  let j = f32x4.splat(1.0);
  let k = f32x4.splat(1.1);
  let l = f32x4.splat(1.2);
  for (let turn = 0; turn < turns; turn++) {
    a = step(a, factor, term);
    b = step(b, factor, term);
    c = step(c, factor, term);
    d = step(d, factor, term);
    e = step(e, factor, term);
    f = step(f, factor, term);
    g = step(g, factor, term);
    h = step(h, factor, term);
    i = step(i, factor, term);
    j = step(j, factor, term);
    k = step(k, factor, term);
    l = step(l, factor, term);
  }
  const sum = f32x4.add(
    f32x4.add(f32x4.add(f32x4.add(a, b), f32x4.add(c, d)), f32x4.add(f32x4.add(e, f), f32x4.add(g, h))),
    f32x4.add(f32x4.add(i, j), f32x4.add(k, l)),
  );
  return f32x4.extract_lane(sum, 0) + f32x4.extract_lane(sum, 1) + f32x4.extract_lane(sum, 2) + f32x4.extract_lane(sum, 3);
}

function step(x: v128, factor: v128, term: v128): v128 {
  return ASC_FEATURE_RELAXED_SIMD ? f32x4.relaxed_madd(x, factor, term) : f32x4.add(f32x4.mul(x, factor), term);
}

/** Reads `bytes` from `source`, a multiple of 64. @returns a number that depends on all of them */
export function read(source: usize, bytes: usize): f32 {
  let a = f32x4.splat(0);
  let b = a;
  let c = a;
  let d = a;
  const end = source + bytes;
  for (let p = source; p < end; p += 64) {
    a = f32x4.add(a, v128.load(p));
    b = f32x4.add(b, v128.load(p, 16));
    c = f32x4.add(c, v128.load(p, 32));
    d = f32x4.add(d, v128.load(p, 48));
  }
  return f32x4.extract_lane(f32x4.add(f32x4.add(a, b), f32x4.add(c, d)), 0);
}

/** `target += source`, as an optimizer moves weights: of `bytes`, a multiple of 32, two are read and one is written. */
export function update(target: usize, source: usize, bytes: usize): void {
  for (let i: usize = 0; i < bytes; i += 32) {
    v128.store(target + i, f32x4.add(v128.load(target + i), v128.load(source + i)));
    v128.store(target + i, f32x4.add(v128.load(target + i, 16), v128.load(source + i, 16)), 16);
  }
}
