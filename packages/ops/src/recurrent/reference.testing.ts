/** Flat, row-major inputs of a recurrent op, by name, in double precision. */
export type Numbers = Record<string, Float64Array>;

/** What a run of {@link runReference} is told beside its numbers. */
export interface ReferenceOptions {
  cell: 'simpleRnn' | 'lstm' | 'gru';
  batch: number;
  time: number;
  features: number;
  units: number;
  mask?: readonly (readonly number[])[];
  goBackwards?: boolean;
  resetAfter?: boolean;
}

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

/**
 * The textbook's recurrent cells (tanh and sigmoid), sample by sample, unit by unit, sum by sum, in double precision: nothing in common with the
 * kernels but the equations. Returns the outputs by name: `sequence`, `h`, `c`.
 */
export function runReference(inputs: Numbers, options: ReferenceOptions): Numbers {
  const { cell, batch, time, features, units, mask, goBackwards = false, resetAfter = true } = options;
  const { x, kernel, recurrentKernel, bias, h: initialH, c: initialC } = inputs as Record<string, Float64Array>;
  const columns = { simpleRnn: 1, lstm: 4, gru: 3 }[cell] * units;
  const sequence = new Float64Array(batch * time * units);
  const finalH = new Float64Array(batch * units);
  const finalC = new Float64Array(batch * units);
  for (let b = 0; b < batch; b++) {
    let h = Array.from({ length: units }, (_, u) => initialH![b * units + u]!);
    let c = Array.from({ length: units }, (_, u) => initialC?.[b * units + u] ?? 0);
    for (let step = 0; step < time; step++) {
      const t = goBackwards ? time - 1 - step : step;
      const input = (column: number): number => {
        let sum = bias![column]!;
        for (let f = 0; f < features; f++) sum += x![(b * time + t) * features + f]! * kernel![f * columns + column]!;
        return sum;
      };
      const recurrent = (state: readonly number[], column: number): number =>
        state.reduce((sum, value, u) => sum + value * recurrentKernel![u * columns + column]!, 0);
      if (!mask || mask[b]![t]) {
        const before = h;
        const z = (u: number, gate: number): number => input(gate * units + u) + recurrent(before, gate * units + u);
        if (cell === 'simpleRnn') h = before.map((_, u) => Math.tanh(z(u, 0)));
        else if (cell === 'lstm') {
          c = c.map((value, u) => sigmoid(z(u, 1)) * value + sigmoid(z(u, 0)) * Math.tanh(z(u, 2)));
          h = c.map((value, u) => sigmoid(z(u, 3)) * Math.tanh(value));
        } else {
          const second = (u: number, gate: number): number => (resetAfter ? bias![columns + gate * units + u]! : 0);
          const r = before.map((_, u) => sigmoid(z(u, 1) + second(u, 1)));
          h = before.map((value, u) => {
            const update = sigmoid(z(u, 0) + second(u, 0));
            const product = resetAfter
              ? r[u]! * (recurrent(before, 2 * units + u) + second(u, 2))
              : recurrent(
                  before.map((other, v) => r[v]! * other),
                  2 * units + u,
                );
            return update * value + (1 - update) * Math.tanh(input(2 * units + u) + product);
          });
        }
      }
      sequence.set(h, (b * time + step) * units);
    }
    finalH.set(h, b * units);
    finalC.set(c, b * units);
  }
  return { sequence, h: finalH, ...(cell === 'lstm' ? { c: finalC } : {}) };
}
