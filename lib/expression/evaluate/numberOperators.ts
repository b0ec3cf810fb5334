import {
  addDecimals,
  ceilingOfDecimal,
  divideDecimals,
  floorDecimal,
  multiplyDecimals,
  negateDecimal,
  remainderOfDecimals,
  roundDecimal,
  subtractDecimals,
} from "../decimal/arithmetic.ts";
import type { Decimal } from "../decimal/Decimal.ts";
import { inRange } from "../integerRange.ts";
import type { Value } from "../Value.ts";
import { decimal, integer, type Present } from "./kinds.ts";

type OfDecimals = (a: Decimal, b: Decimal) => Decimal | null;
type OfIntegers = (a: bigint, b: bigint) => bigint | null;

function arithmetic(ofIntegers: OfIntegers, ofDecimals: OfDecimals) {
  return ([a, b]: readonly Present[]): Value => {
    if (typeof a !== "bigint") return ofDecimals(decimal(a), decimal(b));
    const result = ofIntegers(a, integer(b));
    return result === null ? null : inRange(result);
  };
}

export const numberOperators = {
  add: arithmetic((a, b) => a + b, addDecimals),
  subtract: arithmetic((a, b) => a - b, subtractDecimals),
  multiply: arithmetic((a, b) => a * b, multiplyDecimals),
  divide: arithmetic((a, b) => (b === 0n ? null : a / b), divideDecimals),
  remainder: arithmetic((a, b) => (b === 0n ? null : a % b), remainderOfDecimals),
  negate: ([value]: readonly Present[]): Value =>
    typeof value === "bigint" ? inRange(-value) : negateDecimal(decimal(value)),
  absolute: ([value]: readonly Present[]): Value => {
    if (typeof value === "bigint") return inRange(value < 0n ? -value : value);
    const number = decimal(value);
    return number.digits < 0n ? negateDecimal(number) : number;
  },
  floor: ([value]: readonly Present[]): Value => floorDecimal(decimal(value)),
  ceiling: ([value]: readonly Present[]): Value => ceilingOfDecimal(decimal(value)),
  round: ([value, digits]: readonly Present[]): Value =>
    roundDecimal(decimal(value), digits === undefined ? 0 : Number(integer(digits))),
};
