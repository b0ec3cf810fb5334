/** Of one expression (docs/concepts/expressions.md). */
export const expressionLimits = {
  /** Characters of the text, in UTF-16 units. */
  length: 4000,
  /** Brackets, calls and operators within each other; chains such as `a + b + c` or `a.b.c` do not count. */
  depth: 32,
  /** Names, literals, operators and calls. */
  nodes: 500,
  /** Macros over lists within the conditions of others: each goes through its list once for every item of the outer. */
  loops: 2,
  /** Quantifiers and aggregates within those of others. */
  quantifiers: 4,
} as const;
