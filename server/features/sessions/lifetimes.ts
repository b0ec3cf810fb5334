const day = 24 * 3_600_000;

/** A session ends after so long without a visit, in milliseconds. */
export const idleMilliseconds = 14 * day;

/** And however much it is used, so long after its start. */
export const absoluteMilliseconds = 30 * day;

/** A proof of who somebody is counts for so long where something asks for a fresh one. */
export const proofMilliseconds = 10 * 60_000;

/** Ended ones are kept for so long: they tell which browsers somebody has signed in with before. */
export const keptMilliseconds = 90 * day;
