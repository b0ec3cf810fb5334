import type { Validation } from "../types.ts";
import type { At } from "./OptionReader.ts";
import { OptionReader } from "./OptionReader.ts";
import { present } from "./present.ts";
import { optionsArgument, readCall } from "./readCall.ts";
import { readExpressionArgument } from "./readExpression.ts";
import type { Expression } from "./syntax.ts";

const example = 'check("price > 0", { message: "A price is more than nothing" })';

/** Reads `check("closedOn == null || stage == 'won'", { message: "...", field: "closedOn", when: "...", on: ["create"] })`. */
export function readValidation(node: Expression, at: At, inAction = false): Validation | null {
  const { reading, path } = at;
  const call = readCall(node, reading, { path, allowed: ["check"], expected: `\`${example}\`` });
  if (!call) return null;
  reading.place(path, call.node);
  const expression = readExpressionArgument(call, 0, { ...at, example });
  const options = new OptionReader(optionsArgument(call, 1, reading, path), at, {
    allowed: ["message", "field", "when", ...(inAction ? [] : ["on"])],
    of: "`check`",
  });
  const message = options.text("message");
  if (expression === null) return null;
  if (message === undefined && !options.node("message")) {
    reading.refuse("missing_option", call.node, [...path, "message"], `Say what is wrong: \`${example}\`.`);
  }
  const actions = options.texts("on");
  return {
    expression,
    message: message ?? "",
    ...present({
      field: options.text("field"),
      when: options.text("when"),
      actions: actions && actions.length > 0 ? actions : undefined,
    }),
  };
}
