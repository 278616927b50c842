import { ConfigError } from '@jogak/ops';

const placeholder = /\{\{|\}\}|\{([^{}:]*)(?::([^{}]*))?\}|[{}]/g;
const formatSpec = /^(0?)(\d*)(?:\.(\d+))?([dfe]?)$/;

/**
 * A path with figures in it, written as in Python: `'{epoch:02d}-{val_loss:.2f}'`. Understood are a width, with a 0 before it for
 * leading zeros, a number of decimals, and the kinds `d`, `f` and `e`; `{{` and `}}` are braces.
 *
 * @param where what has the path, as messages name it
 * @throws {ConfigError} for a figure that there is not, or a format that cannot be read
 */
export function formatFilePath(template: string, figures: Readonly<Record<string, number>>, where: string): string {
  return template.replace(placeholder, (match, name: string | undefined, spec: string | undefined) => {
    if (match === '{{' || match === '}}') return match.charAt(0);
    if (name === undefined) throw new ConfigError(`${where}: a brace stands alone in "${template}"; write {{ or }} for a brace in a name`);
    const value = figures[name];
    if (value === undefined)
      throw new ConfigError(
        `${where}: there is no figure "${name}" for the path "${template}"; there are: ${Object.keys(figures).join(', ')}`,
      );
    const text = formatNumber(value, spec ?? '');
    if (text === null)
      throw new ConfigError(`${where}: "${name}" cannot be written as "${spec}" in the path "${template}"; write {${name}:.2f}, say`);
    return text;
  });
}

/** Python's `format`, as far as it goes; null where it does not. */
function formatNumber(value: number, spec: string): string | null {
  const [, zero, width, decimals, kind] = formatSpec.exec(spec) ?? [];
  if (zero === undefined) return null;
  if (kind === 'd' && (decimals !== undefined || !Number.isInteger(value))) return null;
  const digits =
    kind === 'd' || (kind === '' && decimals === undefined)
      ? String(Math.abs(value))
      : withDecimals(Math.abs(value), Number(decimals ?? 6), kind as string);
  const sign = value < 0 ? '-' : '';
  return zero ? sign + digits.padStart(Number(width) - sign.length, '0') : (sign + digits).padStart(Number(width));
}

function withDecimals(value: number, decimals: number, kind: string): string {
  if (kind === 'f') return value.toFixed(decimals);
  if (kind === '') return String(Number(value.toPrecision(Math.max(1, decimals))));
  return value.toExponential(decimals).replace(/e([+-])(\d)$/, 'e$10$2');
}
