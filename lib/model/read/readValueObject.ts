import type { ValueObject } from "../types.ts";
import { readString } from "./literals.ts";
import { readSection } from "./OptionReader.ts";
import type { Reading } from "./Reading.ts";
import { readAttribute } from "./readAttribute.ts";
import type { Call } from "./readCall.ts";
import { optionsArgument } from "./readCall.ts";
import { readNamed } from "./readOption.ts";
import { readOptions } from "./readProperties.ts";

/** What a value object can say, in the order in which it is written. */
export const valueObjectOptions = ["describe", "attributes"] as const;

/** Reads `valueObject("Address", { attributes: { ... } })`; null when not even its name can be made out. */
export function readValueObject(call: Call, reading: Reading): ValueObject | null {
  const [first] = call.args;
  if (!first) {
    return reading.refuse("missing_option", call.node, [], 'Name the value object: `valueObject("Address", { ... })`.');
  }
  const name = readString(first, reading, []);
  if (name === null) return null;
  const path = [name];
  reading.place(path, first);
  const object = optionsArgument(call, 1, reading, path);
  const options = object
    ? readOptions(object, reading, { path, allowed: valueObjectOptions, of: "A value object" })
    : new Map();
  const describe = readNamed("describe", options, { reading, path });
  const attributes = options.get("attributes");
  return {
    name,
    ...(describe === null ? {} : { describe }),
    attributes: attributes
      ? readSection(attributes.value, { reading, path: [...path, "attributes"] }, (part, node, at) =>
          readAttribute(part, node, { ...at, role: "part" }),
        )
      : [],
  };
}
