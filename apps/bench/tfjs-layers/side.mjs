import { samples } from './recipes.mjs';

/**
 * Serves a process that trains one of the two sides: for each message, a number of steps, it trains them and answers with the milliseconds they
 * took, on the clock and of the processor (of all threads: garbage collection and compilation count).
 *
 * @param recipe one of {@link recipes}
 * @param prepare makes tensors or arrays of the samples, outside of what is timed
 * @param train on what `prepare` gave
 */
export function serve(recipe, prepare, train) {
  process.on('message', async steps => {
    const data = prepare(samples(recipe, steps));
    const used = process.cpuUsage();
    const begun = performance.now();
    await train(data);
    const wall = performance.now() - begun;
    const { user, system } = process.cpuUsage(used);
    process.send({ wall, cpu: (user + system) / 1000 });
  });
}
