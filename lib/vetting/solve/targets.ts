import { addDecimals, subtractDecimals } from "../../expression/decimal/arithmetic.ts";
import type { Decimal } from "../../expression/decimal/Decimal.ts";
import type { Expression } from "../../expression/Expression.ts";
import { fromCanonical } from "../../expression/fromCanonical.ts";
import type { OperatorName } from "../../expression/operators.ts";
import type { Value } from "../../expression/Value.ts";

interface Asked {
  /** What shall have the value. */
  readonly left: Expression;
  /** Whether the other side grows as time goes by. */
  readonly isMoving: boolean;
}

/** Values that stand to another as an operator asks, those on the bound first. */
export function targetsOf(
  operator: OperatorName,
  value: Exclude<Value, null>,
  { left, isMoving }: Asked,
): readonly Value[] {
  if (isMoving) return farFrom(operator, left);
  switch (operator) {
    case "equal":
      return [value];
    case "notEqual":
      return [...others(value, left), ...moved(value, 1n, left), ...moved(value, -1n, left)];
    case "less":
      return moved(value, -1n, left);
    case "lessOrEqual":
      return [value, ...moved(value, -1n, left)];
    case "greater":
      return moved(value, 1n, left);
    case "greaterOrEqual":
      return [value, ...moved(value, 1n, left)];
    default:
      return [];
  }
}

/** Before and after every day on which the test may run. */
function farFrom(operator: OperatorName, { type }: Expression): readonly Value[] {
  const isDate = type.kind === "date";
  if (!isDate && type.kind !== "timestamp") return [];
  const at = (day: string) => fromCanonical(type, isDate ? day : `${day}T00:00:00Z`);
  switch (operator) {
    case "less":
    case "lessOrEqual":
    case "notEqual":
      return [at("2001-01-01")];
    case "greater":
    case "greaterOrEqual":
      return [at("2901-01-01")];
    default:
      return [];
  }
}

function others(value: Exclude<Value, null>, { type }: Expression): readonly Value[] {
  if (type.kind === "choice") return type.options.filter((option) => option !== value);
  if (typeof value === "boolean") return [!value];
  return type.kind === "text" && typeof value === "string" ? [value === "Other" ? "Another" : "Other"] : [];
}

/** One step up or down. */
function moved(value: Exclude<Value, null>, by: bigint, { type }: Expression): readonly Value[] {
  if (typeof value === "bigint") {
    const step =
      type.kind === "timestamp" ? 1_000_000n : type.kind === "time" || type.kind === "duration" ? 60_000_000n : 1n;
    return [value + by * step];
  }
  if (!isDecimal(value)) return [];
  const one: Decimal = { digits: 1n, scale: 0 };
  const cent: Decimal = { digits: 1n, scale: 2 };
  const move = by > 0n ? addDecimals : subtractDecimals;
  return [move(value, one), move(value, cent)];
}

export function isDecimal(value: Value): value is Decimal {
  return typeof value === "object" && value !== null && "digits" in value;
}
