import { plain, readJson, readList } from "../read/literals.ts";
import type { At } from "../read/OptionReader.ts";
import { readCall } from "../read/readCall.ts";
import { readProperties } from "../read/readProperties.ts";
import { readHead } from "../read/readStarts.ts";
import type { Expression } from "../read/syntax.ts";
import type { TestValue } from "../testTypes.ts";
import type { JsonValue } from "../types.ts";
import { isRowReference } from "./rowReference.ts";

/** Deeper values are refused, as in every JSON value of the sources. */
const maxDepth = 32;

/** Reads a JSON value in which `ref("acme")` stands for the key of a given record; `undefined` where it was refused. */
export function readTestValue(node: Expression, at: At, depth = 0): TestValue | undefined {
  const { reading, path } = at;
  const value = plain(node);
  if (depth > maxDepth) {
    reading.refuse("too_deep", node, path, `A value can be nested ${maxDepth} deep. Make it simpler.`);
    return undefined;
  }
  switch (value.type) {
    case "CallExpression": {
      const expected = 'a plain value, or `ref("acme")` for the key of a given record,';
      const call = readCall(value, reading, { path, allowed: ["ref"], expected });
      const row = call && readHead(call, at, { part: "row", example: 'ref("acme")' });
      const extra = call?.args[1];
      if (extra) reading.refuse("unknown_option", extra, path, "`ref` takes nothing more. Remove this.");
      return row === null || extra ? undefined : { row };
    }
    case "ArrayExpression": {
      const items = readList(value, reading, path) ?? [];
      const values = items.map((item, index) =>
        readTestValue(item, { reading, path: [...path, String(index)] }, depth + 1),
      );
      const whole = values.length === value.elements.length && values.every((item) => item !== undefined);
      return whole ? (values as readonly JsonValue[]) : undefined;
    }
    case "ObjectExpression":
      return readObject(value, at, depth);
    default:
      return readJson(value, reading, path);
  }
}

function readObject(
  node: Extract<Expression, { type: "ObjectExpression" }>,
  { reading, path }: At,
  depth: number,
): TestValue | undefined {
  const entries: [string, TestValue][] = [];
  for (const { name, key, value } of readProperties(node, reading, path)) {
    if (name === "__proto__") {
      reading.refuse("reserved_name", key, path, "`__proto__` cannot be a name here. Choose another.");
      continue;
    }
    const read = readTestValue(value, { reading, path: [...path, name] }, depth + 1);
    if (read !== undefined) entries.push([name, read]);
  }
  if (entries.length < node.properties.length) return undefined;
  const object = Object.fromEntries(entries) as TestValue;
  if (!isRowReference(object)) return object;
  const message = `Write \`ref(${JSON.stringify(object.row)})\` for the key of a given record. An object with nothing but \`row\` cannot be a value here.`;
  reading.refuse("wrong_type", node, path, message);
  return undefined;
}
