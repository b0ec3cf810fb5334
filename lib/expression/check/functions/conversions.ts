import { literal, operation } from "../../build.ts";
import { parseDecimal } from "../../decimal/parseDecimal.ts";
import type { Expression } from "../../Expression.ts";
import { fromCanonical } from "../../fromCanonical.ts";
import type { OperatorName } from "../../operators.ts";
import { toCanonical } from "../../toCanonical.ts";
import {
  booleanType,
  dateType,
  decimalType,
  durationType,
  integerType,
  moneyType,
  textType,
  timestampType,
  timeType,
  uuidType,
} from "../../types.ts";
import type { ValueType } from "../../ValueType.ts";
import { literalText } from "../literalText.ts";
import type { FunctionCall, FunctionDefinition } from "./FunctionForm.ts";

/** A literal text is read at once, so that a wrong one is a problem and not null. */
function fromText(type: ValueType, operator: OperatorName) {
  return ([operand]: readonly Expression[], { at, checking }: FunctionCall): Expression | null => {
    if (operand?.kind !== "literal" || typeof operand.value !== "string") {
      return operand ? operation(operator, type, [operand]) : null;
    }
    const place = checking.placeOf(operand) ?? at;
    const read = literalText(operand.value, { type, at: place }, checking);
    if (read !== "unfit") return read === "reported" ? null : read;
    const text = toCanonical(type, fromCanonical(type, operand.value));
    if (text === null)
      return checking.problem("bad_literal", `\`${operand.value}\` cannot be read as such a value.`, place);
    return literal(type, type.kind === "boolean" ? text === "true" : text);
  };
}

function unary(operator: OperatorName, type: ValueType) {
  return (operands: readonly Expression[]): Expression => operation(operator, type, operands);
}

function same([operand]: readonly Expression[]): Expression | null {
  return operand ?? null;
}

export const conversions: readonly FunctionDefinition[] = [
  {
    names: ["date"],
    usage: "date('2026-01-31')",
    about: "A date; of a moment its day in UTC.",
    forms: [
      { parameters: ["date"], make: same },
      { parameters: ["timestamp"], make: unary("dateOf", dateType) },
      { parameters: ["text"], make: fromText(dateType, "toDate") },
    ],
  },
  {
    names: ["time"],
    usage: "time('09:30')",
    about: "A time of day.",
    forms: [
      { parameters: ["time"], make: same },
      { parameters: ["text"], make: fromText(timeType, "toTime") },
    ],
  },
  {
    names: ["timestamp"],
    usage: "timestamp('2026-01-31T12:00:00Z')",
    about: "A moment; of a date its midnight in UTC.",
    forms: [
      { parameters: ["timestamp"], make: same },
      { parameters: ["date"], make: unary("startOfDay", timestampType) },
      { parameters: ["text"], make: fromText(timestampType, "toTimestamp") },
    ],
  },
  {
    names: ["duration"],
    usage: "duration('1h30m')",
    about: "A length of time, in `d`, `h`, `m`, `s`, `ms`, `us`, or in ISO 8601. Written as a literal.",
    forms: [{ parameters: ["duration"], make: same }],
  },
  {
    names: ["uuid"],
    usage: "uuid('0190b6a2-3c4d-7e5f-8a9b-0c1d2e3f4a5b')",
    about: "A UUID.",
    forms: [
      { parameters: ["uuid"], make: same },
      { parameters: ["text"], make: fromText(uuidType, "toUuid") },
    ],
  },
  {
    names: ["money"],
    usage: "money('12.50 EUR')",
    about: "An amount of money; also `money(12.50, 'EUR')`.",
    forms: [
      { parameters: ["money"], make: same },
      {
        parameters: ["decimal", "text"],
        make: (operands, call) => moneyOf(operands, call),
      },
    ],
  },
  {
    names: ["string", "text"],
    usage: "string(value)",
    about: "A value as text, as the API writes it.",
    forms: [
      {
        parameters: ["single"],
        make: ([operand]) => {
          if (!operand || operand.type.kind === "text") return operand ?? null;
          return operation("toText", textType, [operand]);
        },
      },
    ],
  },
  {
    names: ["int"],
    usage: "int(value)",
    about:
      "A whole number: of a decimal number cut towards zero, of a text null where it is none, of a moment its seconds since 1970, of a length of time its seconds.",
    forms: [
      { parameters: ["integer"], make: same },
      { parameters: ["duration"], make: unary("totalSeconds", integerType) },
      {
        parameters: ["timestamp"],
        make: (operands) => {
          const since = operation("durationBetween", durationType, [
            ...operands,
            literal(timestampType, "1970-01-01T00:00:00Z"),
          ]);
          return operation("totalSeconds", integerType, [since]);
        },
      },
      { parameters: ["decimal"], make: unary("toInteger", integerType) },
      { parameters: ["text"], make: fromText(integerType, "toInteger") },
    ],
  },
  {
    names: ["decimal", "double"],
    usage: "decimal(value)",
    about: "An exact decimal number: of a text null where it is none.",
    forms: [
      { parameters: ["decimal"], make: same },
      { parameters: ["text"], make: fromText(decimalType, "toDecimal") },
    ],
  },
  {
    names: ["bool"],
    usage: "bool('true')",
    about: "True or false, of the texts `true` and `false`.",
    forms: [
      { parameters: ["boolean"], make: same },
      { parameters: ["text"], make: fromText(booleanType, "toBoolean") },
    ],
  },
];

function moneyOf(operands: readonly Expression[], { at, checking }: FunctionCall): Expression | null {
  const [amount, currency] = operands;
  if (currency?.kind === "literal" && typeof currency.value === "string" && !/^[A-Z]{3}$/.test(currency.value)) {
    return checking.problem(
      "bad_literal",
      "A currency is three capitals, such as `EUR`.",
      checking.placeOf(currency) ?? at,
    );
  }
  const both = amount?.kind === "literal" && currency?.kind === "literal" && currency.value !== null;
  if (both && typeof amount.value === "string" && parseDecimal(amount.value)) {
    return literal(moneyType, `${amount.value} ${String(currency.value)}`);
  }
  return operation("money", moneyType, operands);
}
