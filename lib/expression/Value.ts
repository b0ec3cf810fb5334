import type { Decimal } from "./decimal/Decimal.ts";

/**
 * A value while an expression is worked out in JavaScript. Integers, moments (microseconds since 1970 UTC), durations
 * and times of day (microseconds) are bigints, dates are days since 1970 as bigints, texts, choices (by option name)
 * and UUIDs are strings, money is its canonical text. Null is no value.
 */
export type Value = null | boolean | bigint | string | Decimal | JsonBox | readonly Value[];

/** A value of kind `json` or `object`. */
export interface JsonBox {
  readonly json: unknown;
}
