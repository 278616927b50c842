/** `8.4 s`, `2 min 5 s`, `1 h 3 min`. */
export function formatSeconds(seconds: number): string {
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}

/** `26.4 MB`, in powers of ten as download pages state them. */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  const units = ['kB', 'MB', 'GB'];
  let size = bytes / 1000;
  while (size >= 999.95 && units.length > 1) {
    size /= 1000;
    units.shift();
  }
  return `${size.toFixed(1)} ${units[0]}`;
}

/** `92.4 %`; never 100 % of what is less, nor 0 % of what is more. */
export function formatProbability(probability: number): string {
  if (probability > 0.9995 && probability < 1) return '>99.9 %';
  if (probability < 0.0005 && probability > 0) return '<0.1 %';
  return `${(probability * 100).toFixed(1)} %`;
}
