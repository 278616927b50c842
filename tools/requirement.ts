/** How to have what a test needs: a sentence for people, or, under `never`, why a machine that builds this project can never have it. */
export type RequirementNotice = string | { readonly never: string };

/**
 * Whether a test that needs something outside the repository (a browser, Python, a data set) can run here, for `it.runIf(…)`.
 * Where it cannot, the notice is printed; under `CI=true` it is an error instead, unless it says why such a machine can never have the thing:
 * a check that everyone believes to run must not fall silent.
 *
 * @param what what the tests need, for people
 * @param present whether this machine has it
 * @param notice how to have it
 */
export function requireOrSkip(what: string, present: boolean, notice: RequirementNotice): boolean {
  if (present) return true;
  const reason = typeof notice === 'string' ? notice : notice.never;
  if (process.env.CI === 'true' && typeof notice === 'string')
    throw new Error(`${what} is missing, and in CI no test may be skipped for it: ${reason}`);
  console.warn(`Skipped, for want of ${what}: ${reason}`);
  return false;
}
