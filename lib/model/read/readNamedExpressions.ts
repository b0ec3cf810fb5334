import type { NamedExpression, Taken, TakenInput, TypedExpression } from "../processTypes.ts";
import { readString } from "./literals.ts";
import type { OptionReader } from "./OptionReader.ts";
import { readSection } from "./OptionReader.ts";
import { readExpression } from "./readExpression.ts";
import { readTypedText } from "./readTypedText.ts";
import { someOf } from "./someOf.ts";

/** Reads an option such as `input: { amount: "steps.total.value" }`; undefined where it is absent or empty. */
export function readNamedExpressions(options: OptionReader, option: string): readonly NamedExpression[] | undefined {
  const node = options.node(option);
  if (!node) return undefined;
  return someOf(
    readSection(node, options.at(option), (name, value, { reading, path }) => {
      const expression = readExpression(value, { reading, path: [...path, "expression"] });
      return expression === null ? null : { name, expression };
    }),
  );
}

/** Reads an option such as `values: { total: decimal("steps.a.b * 2") }`; undefined where it is absent or empty. */
export function readTypedExpressions(options: OptionReader, option: string): readonly TypedExpression[] | undefined {
  const node = options.node(option);
  if (!node) return undefined;
  return someOf(
    readSection(node, options.at(option), (name, value, at) => {
      const typed = readTypedText(value, at, { part: "expression", sample: '"..."', more: [], of: "A value" });
      return typed && { name, type: typed.type, expression: typed.text };
    }),
  );
}

/** Reads `{ payment: "/data/object/id" }`: where each is in the JSON that was sent. */
export function readTakenInputs(options: OptionReader, option: string): readonly TakenInput[] | undefined {
  const node = options.node(option);
  if (!node) return undefined;
  return someOf(
    readSection(node, options.at(option), (name, value, { reading, path }) => {
      const at = [...path, "pointer"];
      reading.place(at, value);
      const pointer = readString(value, reading, at);
      return pointer === null ? null : { name, pointer };
    }),
  );
}

/** Reads `{ id: text("/data/id") }`: what is taken from the JSON of an answer. */
export function readTaken(options: OptionReader, option: string): readonly Taken[] | undefined {
  const node = options.node(option);
  if (!node) return undefined;
  return someOf(
    readSection(node, options.at(option), (name, value, at) => {
      const typed = readTypedText(value, at, { part: "pointer", sample: '"/..."', more: [], of: "What is taken" });
      return typed && { name, type: typed.type, pointer: typed.text };
    }),
  );
}
