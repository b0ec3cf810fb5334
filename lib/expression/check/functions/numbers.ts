import { operation } from "../../build.ts";
import type { OperatorName } from "../../operators.ts";
import { decimalType, integerType } from "../../types.ts";
import type { FunctionDefinition, FunctionForm } from "./FunctionForm.ts";

/** Of a whole number it is the number itself. */
function rounding(operator: OperatorName): readonly FunctionForm[] {
  return [
    { parameters: ["integer"], make: ([operand]) => operand ?? null },
    { parameters: ["decimal"], make: (operands) => operation(operator, decimalType, operands) },
  ];
}

function extreme(operator: OperatorName): readonly FunctionForm[] {
  return [
    {
      parameters: ["ordered", "ordered"],
      more: true,
      unified: true,
      make: (operands) => operation(operator, operands[0]?.type ?? integerType, operands),
    },
  ];
}

/** The most digits that `round` is asked for. */
const maxDigits = 30n;

export const numbers: readonly FunctionDefinition[] = [
  {
    names: ["abs"],
    usage: "abs(number)",
    about: "The number without its sign.",
    forms: [
      { parameters: ["integer"], make: (operands) => operation("absolute", integerType, operands) },
      { parameters: ["decimal"], make: (operands) => operation("absolute", decimalType, operands) },
    ],
  },
  {
    names: ["round"],
    usage: "round(number, digits)",
    about: "Rounded half away from zero, to a whole number or to so many digits after the point.",
    forms: [
      ...rounding("round"),
      {
        parameters: ["decimal", "integer"],
        make: (operands, { at, checking }) => {
          const digits = operands[1];
          const isWritten = digits?.kind === "literal" && typeof digits.value === "string";
          const count = isWritten ? BigInt(String(digits.value)) : -1n;
          if (count < 0n || count > maxDigits) {
            return checking.problem("wrong_type", "Write the number of digits as a number from 0 to 30.", at);
          }
          return operation("round", decimalType, operands);
        },
      },
    ],
  },
  { names: ["floor"], usage: "floor(number)", about: "Rounded down.", forms: rounding("floor") },
  { names: ["ceil"], usage: "ceil(number)", about: "Rounded up.", forms: rounding("ceiling") },
  {
    names: ["least"],
    usage: "least(a, b, …)",
    about: "The least of them; null where one is.",
    forms: extreme("least"),
  },
  {
    names: ["greatest"],
    usage: "greatest(a, b, …)",
    about: "The greatest of them; null where one is.",
    forms: extreme("greatest"),
  },
];
