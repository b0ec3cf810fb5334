import type { ChoiceOption } from "../types.ts";
import { plain, readList, readString } from "./literals.ts";
import type { Reading } from "./Reading.ts";
import type { Call } from "./readCall.ts";
import { readProperties } from "./readProperties.ts";

/** The options of `choice(["open", "shipped"])` or `choice({ high: "H" })`. */
export function readChoiceOptions(
  call: Call,
  { reading, path }: { readonly reading: Reading; readonly path: readonly string[] },
): readonly ChoiceOption[] {
  const [first] = call.args;
  const at = [...path, "options"];
  if (!first) {
    reading.refuse("missing_option", call.node, at, 'Write the options of the choice: `choice(["first", "second"])`.');
    return [];
  }
  reading.place(at, first);
  const node = plain(first);
  if (node.type === "ObjectExpression") {
    return readProperties(node, reading, at).flatMap(({ name, key, value }) => {
      if (name === "__proto__") {
        reading.refuse("reserved_name", key, at, "`__proto__` cannot be a name here. Choose another.");
        return [];
      }
      reading.place([...at, name], key);
      reading.place([...at, name, "stored"], value);
      const stored = readString(value, reading, [...at, name, "stored"]);
      return stored === null ? [] : [{ name, stored }];
    });
  }
  const options: ChoiceOption[] = [];
  for (const item of readList(first, reading, at) ?? []) {
    const name = readString(item, reading, at);
    if (name === null) continue;
    if (options.some((option) => option.name === name)) {
      reading.refuse("duplicate_name", item, [...at, name], `The option \`${name}\` is here twice. Remove one.`);
      continue;
    }
    reading.place([...at, name], item);
    options.push({ name, stored: name });
  }
  return options;
}
