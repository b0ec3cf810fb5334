import { defaultColumn } from "../naming/storedNames.ts";
import type { Argument } from "../types.ts";
import { attributeCode } from "./attributeCode.ts";
import type { Code } from "./Code.ts";
import { object } from "./Code.ts";
import type { Style } from "./Style.ts";

/** A value that a caller gives, written like an attribute. */
function argumentCode(argument: Argument, style: Style): Code {
  return attributeCode({ ...argument, column: defaultColumn(argument.name), unique: false }, style);
}

export function argumentsCode(declared: readonly Argument[], style: Style): Code {
  return object(declared.map((argument) => [argument.name, argumentCode(argument, style)] as const));
}
