/** What of the tests to run. */
export interface Selection {
  /** Parameters for vitest, or undefined to leave it out. */
  readonly vitest: readonly string[] | undefined;
  /** Parameters for Playwright, or undefined to leave it out. */
  readonly playwright: readonly string[] | undefined;
}

const endToEnd = "tests/e2e";

/**
 * Splits what follows `npm test --`: paths below tests/e2e go to Playwright, other paths to vitest, and a runner that
 * is given no path while the other is stays out. Options go to the runners that run.
 */
export function select(parameters: readonly string[]): Selection {
  const first = parameters.findIndex((parameter) => parameter.startsWith("-"));
  const paths = first === -1 ? parameters : parameters.slice(0, first);
  const options = first === -1 ? [] : parameters.slice(first);
  const browser = paths.filter((path) => path.startsWith(endToEnd) || path.startsWith(`./${endToEnd}`));
  const others = paths.filter((path) => !browser.includes(path));
  return {
    vitest: paths.length === 0 || others.length > 0 ? [...others, ...options] : undefined,
    playwright: paths.length === 0 || browser.length > 0 ? [...browser, ...options] : undefined,
  };
}
