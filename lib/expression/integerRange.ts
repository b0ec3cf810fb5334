const [lowest, highest] = [-(2n ** 63n), 2n ** 63n - 1n];

/** An integer of 64 bits, or null. */
export function inRange(value: bigint): bigint | null {
  return value < lowest || value > highest ? null : value;
}
