/** A place in an environment's change feed: after the change with this number, in the order of both. */
export interface Position {
  readonly txid: bigint;
  readonly id: bigint;
}

const shape = /^[0-9a-z]{1,13}\.[0-9a-z]{1,13}$/;
const largest = (1n << 63n) - 1n;

/** Opaque to callers, who give back what they were given. */
export function printPosition({ txid, id }: Position): string {
  return `${txid.toString(36)}.${id.toString(36)}`;
}

/** Null for a text that no feed has given out. */
export function parsePosition(text: string): Position | null {
  if (!shape.test(text)) return null;
  const [txid, id] = text.split(".").map(fromBase36);
  return txid === undefined || id === undefined || txid > largest || id > largest ? null : { txid, id };
}

export function isBefore(one: Position, other: Position): boolean {
  return one.txid < other.txid || (one.txid === other.txid && one.id < other.id);
}

function fromBase36(text: string): bigint {
  let value = 0n;
  for (const digit of text) value = value * 36n + BigInt(Number.parseInt(digit, 36));
  return value;
}
