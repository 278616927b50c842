import type { ReproduceOptions } from '../commands/reproduce.js';
import { shellWord } from '../output/shell-word.js';
import { round } from '../training/epoch-reports.js';
import { findRecipe } from '../training/project.js';
import { exitCodes, StopWatch } from '../training/stop.js';
import { type Comparison, compareWithReference } from './comparison.js';
import { openResults, type Plan, planOf } from './plan.js';
import { type ReproduceReporter, reproduceJsonReporter, reproduceTextReporter } from './reporter.js';
import { type RunResult, writeResults } from './results.js';
import { runJob } from './run.js';

/** Runs `jogak reproduce`. @returns the exit code: 1 when a recipe misses the bar */
export async function reproduce(options: ReproduceOptions): Promise<number> {
  const began = performance.now();
  const plan = await planOf(options);
  const reporter = options.json ? reproduceJsonReporter : reproduceTextReporter();
  const stop = new StopWatch();
  const results = [...plan.results];
  try {
    await runAll(plan, results, reporter, stop);
  } catch (error) {
    if (!stop.caused(error)) throw error;
  } finally {
    reporter.pause();
    stop.release();
  }
  const asked = results.filter(run => plan.recipes.includes(run.recipe) && plan.seeds.includes(run.seed));
  if (stop.why !== null) {
    if (stop.why !== 'pipe') reporter.stopped(stoppedText(plan, asked));
    return exitCodes[stop.why];
  }
  const comparisons = plan.recipes.map(recipe =>
    compareWithReference(
      recipe,
      asked.filter(run => run.recipe === recipe),
    ),
  );
  const { maxRSS } = process.resourceUsage();
  reporter.end({ seconds: round((performance.now() - began) / 1000), peakMemoryBytes: maxRSS * 1024, out: plan.out }, comparisons, asked);
  return comparisons.some(({ met }: Comparison) => met === false) ? 1 : 0;
}

/** Does the runs that are left, and writes each result when it is there. */
async function runAll(plan: Plan, results: RunResult[], reporter: ReproduceReporter, stop: StopWatch): Promise<void> {
  await checkData(plan, stop.signal);
  await openResults(plan);
  const runs = plan.recipes.length * plan.seeds.length;
  reporter.start({ recipes: plan.recipes, seeds: plan.seeds, runs, done: runs - plan.jobs.length, out: plan.out });
  for (const [index, job] of plan.jobs.entries()) {
    stop.signal.throwIfAborted();
    const { recipe, settings } = job;
    reporter.run({ recipe, seed: settings.seed, epochs: settings.epochs });
    const result = await runJob(job, stop, report => reporter.epoch({ recipe, seed: settings.seed }, report));
    results.push(result);
    await writeResults(plan.out, results);
    reporter.runEnd(result, runs - plan.jobs.length + index + 1, runs);
  }
}

/** Reads every data set that is needed: what is missing should be known now, not when the runs before are done. */
async function checkData({ jobs }: Plan, signal: AbortSignal): Promise<void> {
  const first = new Map(jobs.map(job => [findRecipe(job.recipe).dataset, job]));
  for (const { settings, project } of first.values()) await project.load({ seed: settings.seed, batchSize: settings.batchSize, signal });
}

function stoppedText({ out, recipes, seeds }: Plan, done: readonly RunResult[]): string {
  const runs = recipes.length * seeds.length;
  return `stopped after ${done.length} of ${runs} runs; go on with: jogak reproduce --out ${shellWord(out)} --resume`;
}
