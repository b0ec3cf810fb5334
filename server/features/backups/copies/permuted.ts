import type { MaskKey } from "./MaskKey.ts";

const rounds = 6;

/**
 * Another whole number below `size` (or, by chance, the same), for different numbers always different ones: a Feistel
 * network over twice as many bits as half of them need, walked on until the result is below `size`.
 */
export function permuted(value: bigint, size: bigint, key: MaskKey): bigint {
  if (value < 0n || value >= size) throw new Error("The number is not below the size.");
  if (size < 2n) return value;
  const half = BigInt(Math.ceil((size - 1n).toString(2).length / 2));
  let result = value;
  do result = network(result, half, { key, size });
  while (result >= size);
  return result;
}

function network(value: bigint, half: bigint, { key, size }: { readonly key: MaskKey; readonly size: bigint }): bigint {
  const range = 1n << half;
  let [left, right] = [value >> half, value & (range - 1n)];
  for (let round = 0; round < rounds; round += 1) {
    [left, right] = [right, left ^ key.below(`${size} ${round} ${right}`, range)];
  }
  return (left << half) | right;
}
