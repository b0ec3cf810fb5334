/** Values of a chart at every step; null where there is none. */
export type ChartValues = readonly (number | null)[];

/** The top of an axis: a round number that is not below the largest value. */
export function niceMax(values: readonly ChartValues[], least = 0): number {
  const largest = Math.max(least, ...values.flat().map((value) => value ?? 0));
  if (largest <= 0) return 1;
  const power = 10 ** Math.floor(Math.log10(largest));
  const digit = [1, 2, 2.5, 5, 10].find((one) => one * power >= largest * 0.9999) ?? 10;
  return digit * power;
}

/**
 * The line of some values in a box as wide as there are steps and 100 high, from the top down. It is broken where a value
 * is missing; one that stands alone is as wide as its step.
 */
export function linePath(values: ChartValues, max: number): string {
  let path = "";
  let isOpen = false;
  for (const [at, value] of values.entries()) {
    if (value === null) {
      isOpen = false;
      continue;
    }
    const height = heightOf(value, max);
    const isAlone = !isOpen && (values[at + 1] ?? null) === null;
    if (isAlone) path += `M${at + 0.1} ${height}h0.8`;
    else path += `${isOpen ? "L" : "M"}${at + 0.5} ${height}`;
    isOpen = true;
  }
  return path;
}

/** The same down to the ground, filled. */
export function areaPath(values: ChartValues, max: number): string {
  let path = "";
  let began: number | null = null;
  for (let at = 0; at <= values.length; at += 1) {
    const value = values[at] ?? null;
    if (value === null) {
      if (began !== null) path += `L${at - 0.5} 100Z`;
      began = null;
    } else {
      path +=
        began === null
          ? `M${at + 0.5} 100L${at + 0.5} ${heightOf(value, max)}`
          : `L${at + 0.5} ${heightOf(value, max)}`;
      began ??= at;
    }
  }
  return path;
}

function heightOf(value: number, max: number): number {
  return Math.round((100 - (Math.min(Math.max(value, 0), max) / max) * 100) * 100) / 100;
}
