/**
 * The operations that both back-ends know; the checker chooses among them by the types of the operands. Operands of one
 * type each: where an integer meets a decimal, the checker has put `toDecimal` around it.
 */
export const operatorNames = [
  // Logic, three-valued.
  "and",
  "or",
  "not",
  /** `if(condition, then, else)`; an unknown condition takes the else. */
  "if",
  "coalesce",
  "isNull",
  "isNotNull",
  // Comparison; texts in the order of code points, false before true.
  "equal",
  "notEqual",
  "less",
  "lessOrEqual",
  "greater",
  "greaterOrEqual",
  /** `in(value, list)`: SQL's `= any`. */
  "in",
  // Numbers: integers or decimals.
  "add",
  "subtract",
  "multiply",
  /** Of integers cut towards zero, of decimals with the digits that PostgreSQL gives. */
  "divide",
  /** The sign is the dividend's. */
  "remainder",
  "negate",
  "absolute",
  "floor",
  "ceiling",
  /** `round(decimal)`, `round(decimal, integer)`: half away from zero. */
  "round",
  "least",
  "greatest",
  // Texts, by code points.
  "concat",
  "length",
  "contains",
  "startsWith",
  "endsWith",
  /** The operand is a pattern of lib/model/pattern, which must match the whole text. */
  "matches",
  "lower",
  "upper",
  "trim",
  /** `substring(text, start)`, `substring(text, start, end)`: from 0, end exclusive. */
  "substring",
  /** Of all places. */
  "replace",
  /** From 0; -1 where there is none. */
  "indexOf",
  // Lists.
  "size",
  "list",
  /** From 0; null outside. */
  "at",
  "join",
  // Moments, dates and lengths of time.
  "addDuration",
  "subtractDuration",
  /** Between two moments. */
  "durationBetween",
  /** `addDays(date, integer)`. */
  "addDays",
  "daysBetween",
  /** `addMonths(date or timestamp, integer)`: the last day of a shorter month. */
  "addMonths",
  "addDurations",
  "subtractDurations",
  "multiplyDuration",
  "year",
  "month",
  "dayOfMonth",
  /** 0 is Sunday. */
  "dayOfWeek",
  "dayOfYear",
  "hours",
  "minutes",
  "seconds",
  "milliseconds",
  /** The UTC date of a moment. */
  "dateOf",
  /** Midnight in UTC. */
  "startOfDay",
  "totalSeconds",
  // Conversions; null where the text does not say such a value.
  "toText",
  "toInteger",
  "toDecimal",
  "toDate",
  "toTime",
  "toTimestamp",
  "toDuration",
  "toUuid",
  "toBoolean",
  // Money.
  "amountOf",
  "currencyOf",
  "money",
] as const;

export type OperatorName = (typeof operatorNames)[number];
