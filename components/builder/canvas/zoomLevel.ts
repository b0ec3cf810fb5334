interface Zoomed {
  readonly transform: readonly [number, number, number];
}

/** From so far away rows cannot be read; only names are drawn, larger, so that hundreds of resources stay quick. */
export function isFar({ transform }: Zoomed): boolean {
  return transform[2] < 0.4;
}

/** From there names must be larger still. */
export function isVeryFar({ transform }: Zoomed): boolean {
  return transform[2] < 0.2;
}

/** From where the names of lines are too small to read. */
export function hidesLineNames({ transform }: Zoomed): boolean {
  return transform[2] < 0.6;
}
