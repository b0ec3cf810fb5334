import type { Aggregate, AggregateFunction } from "../types.ts";
import type { At } from "./OptionReader.ts";
import { OptionReader } from "./OptionReader.ts";
import { orderOf } from "./orderOf.ts";
import { present } from "./present.ts";
import { readStored } from "./readCalculation.ts";
import { optionsArgument, readCall } from "./readCall.ts";
import { readDeprecation } from "./readDeprecation.ts";
import { readExpressionArgument } from "./readExpression.ts";

import type { Expression } from "./syntax.ts";

const aggregateFunctions: readonly AggregateFunction[] = [
  "count",
  "sum",
  "avg",
  "min",
  "max",
  "exists",
  "first",
  "list",
];

/** Whether the function looks at a field of the records rather than at the records. */
function takesField(name: AggregateFunction): boolean {
  return name !== "count" && name !== "exists";
}

/** Reads `sum("company.deals.amount", { where: "stage == 'lead'" })`. */
export function readAggregate(name: string, node: Expression, at: At): Aggregate | null {
  const { reading, path } = at;
  const expected = 'an aggregate, such as `count("lines")` or `sum("lines.price")`';
  const call = readCall(node, reading, { path, allowed: aggregateFunctions, expected });
  const of = aggregateFunctions.find((candidate) => candidate === call?.name);
  if (!call || !of) return null;
  reading.place([...path, "function"], call.node.callee);
  const example = takesField(of) ? `${of}("lines.price")` : `${of}("lines")`;
  const said = readExpressionArgument(call, 0, { ...at, example, option: "path" });
  const ordered = of === "first" || of === "list" ? ["order"] : [];
  const options = new OptionReader(optionsArgument(call, 1, reading, path), at, {
    allowed: ["where", ...ordered, "stored", "describe", "deprecated"],
    of: `\`${of}\``,
  });
  if (said === null) return null;
  const names = said.split(".").map((part) => part.trim());
  const field = takesField(of) ? names.at(-1) : undefined;
  if (names.length < (takesField(of) ? 2 : 1) || names.some((part) => part === "")) {
    const message = `Write relationships${takesField(of) ? " and a field" : ""} with points between them: \`${example}\`.`;
    reading.refuse("aggregate_path", call.args[0] ?? call.node, [...path, "path"], message);
    return null;
  }
  return {
    name,
    function: of,
    path: takesField(of) ? names.slice(0, -1) : names,
    ...present({
      field,
      where: options.text("where"),
      order: orderOf(options.texts("order") ?? []),
      column: readStored(name, options),
      describe: options.text("describe"),
      deprecated: readDeprecation(options.node("deprecated"), options.at("deprecated")),
    }),
  };
}
