// `npm run bench`: trains each recipe's network with Jogak on `cpu` and with tfjs-layers on tfjs' own `cpu`, in one run, and compares.
//
//   npm run bench -- [--only NAME]… [--repeats N] [--seconds N] [--json FILE]
//
// Each side has a process of its own, so that neither sees the other's kernels; they take turns, a few steps of training each, `--repeats` times after a
// first step to warm up (where that one takes 5 seconds or more, it is the measurement). Steps are those of `fit`, on synthetic data of the recipe's shapes
// and batch size; an epoch is the recipe's number of them. Medians, and the spread between the fastest and the slowest turn. The ratio is one of processor
// times, of all threads of the process: those of a clock say the same on a machine that does nothing else.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import os from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { recipes } from './tfjs-layers/recipes.mjs';

/** First steps that take as long are not repeated. */
const SLOW = 5000;
/** Turns of more steps would fill the memory with data. */
const MOST_STEPS = 50;

const { values: options } = parseArgs({
  options: {
    only: { type: 'string', multiple: true, default: Object.keys(recipes) },
    repeats: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '2' },
    json: { type: 'string' },
  },
});

/** A process that trains. `turn(steps)` gives the milliseconds of a step. */
function start(side, name) {
  const child = fork(fileURLToPath(new URL(`tfjs-layers/${side}.mjs`, import.meta.url)), [name]);
  const turn = async steps => {
    const over = new AbortController();
    const ended = once(child, 'exit', over).then(([code]) => {
      throw new Error(`${side} ended with exit code ${code} while it trained ${name}`);
    });
    try {
      child.send(steps);
      const [{ wall, cpu }] = await Promise.race([once(child, 'message', over), ended]);
      return { wall: wall / steps, cpu: cpu / steps };
    } finally {
      over.abort();
    }
  };
  return { turn, end: () => child.kill() };
}

function figures(turns) {
  const of = key => {
    const sorted = turns.map(turn => turn[key]).sort((a, b) => a - b);
    return { median: sorted[Math.floor(sorted.length / 2)], fastest: sorted[0], slowest: sorted.at(-1) };
  };
  return { turns: turns.length, cpu: of('cpu'), wall: of('wall') };
}

async function compare(name) {
  const sides = ['tfjs', 'jogak'].map(side => ({ side, ...start(side, name), turns: [], steps: 0 }));
  try {
    for (const one of sides) {
      const first = await one.turn(1);
      if (first.cpu >= SLOW) one.turns.push(first);
      // The first step is compiled as it runs; the second one tells how long they take.
      else one.steps = Math.min(MOST_STEPS, Math.max(1, Math.round((Number(options.seconds) * 1000) / (await one.turn(1)).wall)));
    }
    for (let repeat = 0; repeat < Number(options.repeats); repeat++) {
      for (const one of sides) if (one.steps > 0) one.turns.push(await one.turn(one.steps));
    }
  } finally {
    for (const one of sides) one.end();
  }
  const [tfjs, jogak] = sides.map(({ turns }) => figures(turns));
  return { name, stepsPerEpoch: recipes[name].steps, tfjs, jogak, ratio: tfjs.cpu.median / jogak.cpu.median };
}

const milliseconds = ({ cpu, wall }) =>
  `${cpu.median.toFixed(1)} (${cpu.fastest.toFixed(1)}–${cpu.slowest.toFixed(1)}; clock ${wall.median.toFixed(1)})`;
const seconds = ({ cpu }, steps) => `${((cpu.median * steps) / 1000).toPrecision(3)} s`;
const row = (...cells) => console.log(cells.map((cell, column) => String(cell).padEnd([22, 46, 38, 9, 13, 8][column])).join(''));

for (const name of options.only) {
  if (!(name in recipes)) throw new Error(`there is no recipe "${name}"; there are: ${Object.keys(recipes).join(', ')}`);
}
const machine = { processor: os.cpus()[0].model.trim(), cores: os.cpus().length, load: os.loadavg()[0], node: process.version };
console.log(`${machine.processor}, ${machine.cores} cores, load ${machine.load.toFixed(1)}, Node ${machine.node}`);
console.log('Milliseconds of processor time a step of training: median (fastest–slowest; clock: median)\n');
row('recipe', 'tfjs-layers, cpu of tfjs', 'Jogak, cpu', 'ratio', 'epoch: tfjs', 'Jogak');
const results = [];
for (const name of options.only) {
  const result = await compare(name);
  results.push(result);
  const { tfjs, jogak, stepsPerEpoch, ratio } = result;
  row(
    name,
    milliseconds(tfjs),
    milliseconds(jogak),
    `${ratio.toPrecision(3)}×`,
    seconds(tfjs, stepsPerEpoch),
    seconds(jogak, stepsPerEpoch),
  );
}
const slower = results.filter(({ ratio }) => ratio < 1).map(({ name }) => name);
console.log(slower.length === 0 ? '\nNo recipe is slower with Jogak.' : `\nSlower with Jogak: ${slower.join(', ')}`);
if (options.json) writeFileSync(options.json, `${JSON.stringify({ machine, results }, null, 2)}\n`);
