/** Seconds in the unit that suits them: `1.23 s`, `45.6 ms`, `789 µs`. */
export function showSeconds(seconds: number): string {
  const [value, unit] = Math.abs(seconds) >= 1 ? [seconds, 's'] : Math.abs(seconds) >= 1e-3 ? [seconds * 1e3, 'ms'] : [seconds * 1e6, 'µs'];
  return `${significant(value)} ${unit}`;
}

/** `12.3×` */
export const showRatio = (ratio: number): string => `${significant(ratio)}×`;

/** Bytes as megabytes, of a million each. */
export const showMegabytes = (bytes: number): string => `${Math.round(bytes / 1e6)} MB`;

/** Three digits that count, and never an exponent. */
export function significant(value: number): string {
  if (value === 0) return '0';
  const digits = Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value))));
  return digits === 0 ? Math.round(value).toLocaleString('en') : value.toFixed(digits);
}
