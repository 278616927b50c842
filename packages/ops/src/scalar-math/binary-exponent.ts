const view = new DataView(new ArrayBuffer(8));

/** 2ᵏ for −1022 ≤ k ≤ 1023, from the bits of a double. */
function powerOfTwo(k: number): number {
  view.setInt32(0, (k + 1023) << 20);
  view.setInt32(4, 0);
  return view.getFloat64(0);
}

/** `x · 2ᵏ` for −2044 ≤ k ≤ 2046, rounded once where it falls among the subnormal numbers. */
export function scaleByPowerOfTwo(x: number, k: number): number {
  const half = k >> 1;
  return x * powerOfTwo(half) * powerOfTwo(k - half);
}

/** The exponent `k` and the significand `m`, 1 ≤ m < 2, with `x = m · 2ᵏ`, of a positive finite number. */
export function splitExponent(x: number): { readonly exponent: number; readonly significand: number } {
  // Subnormal numbers have no exponent of their own until they are scaled, here by 2⁵⁴.
  const subnormal = x < 2.2250738585072014e-308;
  view.setFloat64(0, subnormal ? x * 18014398509481984 : x);
  const high = view.getInt32(0);
  view.setInt32(0, (high & 0xfffff) | 0x3ff00000);
  return { exponent: (high >> 20) - (subnormal ? 1077 : 1023), significand: view.getFloat64(0) };
}
