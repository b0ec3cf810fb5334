import type { ConditionalUnique, FieldPolicy, Policy } from "../types.ts";
import type { Code } from "./Code.ts";
import { call, callWithOptions, object } from "./Code.ts";
import { textsCode } from "./literalCode.ts";
import { optionalText } from "./optionalText.ts";
import { quoteText } from "./quoteText.ts";
import type { Style } from "./Style.ts";

/** `allow("read", "owner == actor.id")` */
export function policyCode({ effect, actions, expression, describe }: Policy, style: Style): Code {
  const args = [namesCode(actions, style), quoteText(expression, style)];
  return callWithOptions(effect, args, optionalText("describe", describe, style));
}

/** `field("amount", { read: "'sales' in actor.roles" })` */
export function fieldPolicyCode({ fields, read, write, describe }: FieldPolicy, style: Style): Code {
  const options = [
    ...optionalText("read", read, style),
    ...optionalText("write", write, style),
    ...optionalText("describe", describe, style),
  ];
  return call("field", namesCode(fields, style), object(options));
}

/** `uniqueWhen(["email"], "active")` */
export function conditionalUniqueCode({ fields, when }: ConditionalUnique, style: Style): Code {
  return call("uniqueWhen", textsCode(fields, style), quoteText(when, style));
}

function namesCode(names: readonly string[], style: Style): Code {
  const [only] = names;
  return names.length === 1 && only !== undefined ? quoteText(only, style) : textsCode(names, style);
}
