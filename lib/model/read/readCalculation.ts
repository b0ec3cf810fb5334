import { defaultColumn } from "../naming/storedNames.ts";
import type { Calculation } from "../types.ts";
import { plain, readString } from "./literals.ts";
import type { At, OptionReader } from "./OptionReader.ts";
import { present } from "./present.ts";
import { readDeprecation } from "./readDeprecation.ts";
import { readTypedText } from "./readTypedText.ts";
import type { Expression } from "./syntax.ts";

/** Reads `decimal("amount * probability / 100.0", { scale: 2, stored: true })`. */
export function readCalculation(name: string, node: Expression, at: At): Calculation | null {
  const typed = readTypedText(node, at, {
    part: "expression",
    sample: '"..."',
    more: ["stored", "describe", "deprecated"],
    of: "A calculation",
  });
  if (!typed) return null;
  const { type, text, options } = typed;
  return {
    name,
    type,
    expression: text,
    ...present({
      column: readStored(name, options),
      describe: options.text("describe"),
      deprecated: readDeprecation(options.node("deprecated"), options.at("deprecated")),
    }),
  };
}

/** `stored: true`, or the stored name of the column. */
export function readStored(name: string, options: OptionReader): string | undefined {
  const node = options.node("stored");
  if (!node) return undefined;
  const value = plain(node);
  if (value.type === "BooleanLiteral") return value.value ? defaultColumn(name) : undefined;
  return readString(value, options.reading, [...options.path, "stored"]) ?? undefined;
}
