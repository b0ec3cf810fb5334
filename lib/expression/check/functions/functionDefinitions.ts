import { operation } from "../../build.ts";
import { nullType } from "../../types.ts";
import { conversions } from "./conversions.ts";
import type { FunctionDefinition } from "./FunctionForm.ts";
import { numbers } from "./numbers.ts";
import { texts } from "./texts.ts";
import { times } from "./times.ts";

const coalesce: FunctionDefinition = {
  names: ["coalesce"],
  usage: "coalesce(a, b, …)",
  about: "The first of them that is not null.",
  forms: [
    {
      parameters: ["any"],
      more: true,
      unified: true,
      make: (operands) => operation("coalesce", operands[0]?.type ?? nullType, operands),
    },
  ],
};

/** The functions of values; quantifiers, aggregates, macros, `has`, `today` and `now` are checked by themselves. */
export const functionDefinitions: readonly FunctionDefinition[] = [
  coalesce,
  ...texts,
  ...numbers,
  ...times,
  ...conversions,
];

const byName = new Map(functionDefinitions.flatMap((definition) => definition.names.map((name) => [name, definition])));

export function functionNamed(name: string): FunctionDefinition | null {
  return byName.get(name) ?? null;
}
