/** The most records that one change of many may concern. */
export const maxAffected = 10_000;
/** Keys of one change of many. */
export const maxKeys = 1000;
/** Refused records that one answer names. */
export const maxRefused = 20;
/** Records in one list inside of a new one. */
export const maxNested = 500;
