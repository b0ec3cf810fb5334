import { call, cast, text } from "../../sql/build.ts";
import type { Expression, TypeName } from "../../sql/Sql.ts";

interface Range {
  readonly lowest: bigint;
  readonly highest: bigint;
}

export const bits64: Range = { lowest: -(2n ** 63n), highest: 2n ** 63n - 1n };
export const bits32: Range = { lowest: -(2n ** 31n), highest: 2n ** 31n - 1n };

/** A whole numeric as the type, null outside of the range. The value stands there once, so that nesting costs nothing. */
export function within(value: Expression, { lowest, highest }: Range, type: TypeName): Expression {
  const [below, above] = [numeric(lowest - 1n), numeric(highest + 1n)];
  const cut = call("least", call("greatest", value, below), above);
  return cast(call("nullif", call("nullif", cut, below), above), type);
}

/** The same of moments or dates: `before` and `after` are the first values outside. */
export function between(value: Expression, before: Expression, after: Expression): Expression {
  const cut = call("least", call("greatest", value, before), after);
  return call("nullif", call("nullif", cut, before), after);
}

export function numeric(value: bigint): Expression {
  return cast(text(value.toString()), "numeric");
}
