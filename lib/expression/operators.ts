/**
 * The operations that both back-ends know; the checker chooses among them by the types of the operands. Operands of one
 * type each: where an integer meets a decimal, the checker has put `toDecimal` around it.
 */
export const operatorNames = [
  // Logic, three-valued.
  /** Two operands or more. */
  "and",
  /** Two operands or more. */
  "or",
  "not",
  /** `if(condition, then, else)`; an unknown condition takes the else. */
  "if",
  /** One operand or more. */
  "coalesce",
  /** The `null` of json is null too. */
  "isNull",
  "isNotNull",
  // Comparison; texts in the order of code points, false before true. Choices, money and lists: see `equal`. Choices have
  // no order, and two choices are compared as choices only where they are one field's, else both are turned into texts.
  /**
   * Lists are equal item by item, null equal to null (SQL's `=` of arrays). Money is equal where amount and currency are;
   * money of different currencies has no order (null).
   */
  "equal",
  "notEqual",
  "less",
  "lessOrEqual",
  "greater",
  "greaterOrEqual",
  /** `in(value, list)`: SQL's `= any`: false for the empty list, else null for null, and where only null could match. */
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
  /** Of decimals, as decimals without digits after the point. */
  "floor",
  "ceiling",
  /** `round(decimal)`, `round(decimal, integer literal from 0 to 30)`: half away from zero. */
  "round",
  /** Two operands or more of what has an order; null where one is null, unlike SQL's. */
  "least",
  "greatest",
  // Texts, by code points.
  /** Two operands or more. */
  "concat",
  "length",
  "contains",
  "startsWith",
  "endsWith",
  /** The operand is a pattern of lib/expression/pattern, which must match the whole text. */
  "matches",
  "lower",
  "upper",
  /** Of the spaces in `whiteSpace.ts`, at both ends. */
  "trim",
  /** `substring(text, start)`, `substring(text, start, end)`: from 0, end exclusive; what is outside of the text is left out. */
  "substring",
  /** `replace(text, old, new)` in all places; an empty `old` is in none. */
  "replace",
  /** From 0; -1 where there is none; 0 for the empty text. */
  "indexOf",
  // Lists.
  "size",
  /** The items; any number of them. */
  "list",
  /** From 0; null outside. */
  "at",
  /** `join(list of texts, separator)`; items that are null are left out. */
  "join",
  // Moments, dates and lengths of time. What falls outside of the years 1 to 9999, or of 64 bits, is null.
  "addDuration",
  "subtractDuration",
  /** Between two moments: the first minus the second. */
  "durationBetween",
  /** `addDays(date, integer)`. */
  "addDays",
  /** `daysBetween(from, to)`: the second minus the first. */
  "daysBetween",
  /** `addMonths(date or timestamp, integer)`: the last day of a shorter month. */
  "addMonths",
  "addDurations",
  "subtractDurations",
  /** `multiplyDuration(duration, integer)`. */
  "multiplyDuration",
  // Of a date or, in UTC, of a moment; all from 1 but for the day of the week.
  "year",
  "month",
  "dayOfMonth",
  /** 0 is Sunday. */
  "dayOfWeek",
  "dayOfYear",
  // Of a time of day or, in UTC, of a moment; whole numbers, cut.
  "hours",
  "minutes",
  "seconds",
  "milliseconds",
  /** The UTC date of a moment. */
  "dateOf",
  /** Midnight in UTC. */
  "startOfDay",
  /** Of a duration, cut towards zero to a whole number. */
  "totalSeconds",
  // Conversions; null where the text does not say such a value.
  /** The canonical text of anything but lists, objects and json; choices by the option's name. */
  "toText",
  /** Of a decimal, cut towards zero; of a text of digits with or without a sign. */
  "toInteger",
  /** Of an integer; of a text such as `-12.50`, `+7`, `.5` or `5.` of at most 1,000 characters. */
  "toDecimal",
  /** Of a text such as `2026-01-31`. */
  "toDate",
  /** Of a text such as `09:30`, `09:30:15` or `09:30:15.123456`. */
  "toTime",
  /** Of a text of RFC 3339 with an offset and at most six digits of fraction. */
  "toTimestamp",
  /** Of a text such as `PT1H30M`, `-PT1.5S`, `P2DT3H` (weeks, days, hours, minutes, seconds). The checker takes literals only and makes none. */
  "toDuration",
  "toUuid",
  /** Of the texts `true` and `false`. */
  "toBoolean",
  // Money.
  "amountOf",
  "currencyOf",
  /** `money(decimal, text)`: null where the text is not three capitals. */
  "money",
] as const;

export type OperatorName = (typeof operatorNames)[number];
