/** An exact decimal number as PostgreSQL's numeric: `digits` times ten to the power of `-scale`, so `12.50` is 1250 and 2. */
export interface Decimal {
  readonly digits: bigint;
  /** Digits after the point, zeros at the end included; never negative. */
  readonly scale: number;
}
