const counts = new Map<string, number>();

/**
 * Keras' automatic name: the class in snake_case, and a number from the second on: `conv2d`, `conv2d_1`, `simple_rnn`.
 */
export function automaticName(className: string): string {
  const base = snakeCase(className);
  const count = counts.get(base) ?? 0;
  counts.set(base, count + 1);
  return count === 0 ? base : `${base}_${count}`;
}

/** Starts the numbers in automatic names again, so that the same program part gives the same names, and with them the same weights, again. */
export function clearSession(): void {
  counts.clear();
}

/** `MaxPooling2D` → `max_pooling2d`, `SimpleRNN` → `simple_rnn`: Keras' rule. */
export function snakeCase(className: string): string {
  return className
    .replace(/\W+/g, '')
    .replace(/(.)([A-Z][a-z]+)/g, '$1_$2')
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase();
}

/** `Conv2D` → `conv2d`, `MaxPooling2D` → `maxPooling2d`, `SimpleRNN` → `simpleRNN`, `LSTMCell` → `lstmCell`, `PReLU` → `prelu`: the factory function's name. */
export function factoryName(className: string): string {
  if (className === 'PReLU') return 'prelu';
  if (/^[A-Z0-9]+$/.test(className)) return className.toLowerCase();
  return className.replace(/^[A-Z]+(?=[A-Z][a-z])|^[A-Z]/, start => start.toLowerCase()).replace(/(\d)D/g, '$1d');
}
