import { fieldNameShape } from "../naming/nameShape.ts";
import { plain, refuseKind } from "../read/literals.ts";
import type { At } from "../read/OptionReader.ts";
import { optionsArgument, readCall } from "../read/readCall.ts";
import { readProperties } from "../read/readProperties.ts";
import { readHead } from "../read/readStarts.ts";
import type { Expression, ObjectExpression } from "../read/syntax.ts";
import type { GivenRow, TestValue } from "../testTypes.ts";
import { readTestValue } from "./readTestValue.ts";

/** More given records of a test are refused. */
const maxGiven = 200;

const example = 'row("Deal", { title: "Big" })';

/** Reads `{ acme: row("Company", { ... }) }`; null where one was refused. */
export function readGiven(node: Expression, { reading, path }: At): readonly GivenRow[] | null {
  const section = plain(node);
  if (section.type !== "ObjectExpression") {
    return refuseKind(section, reading, path, "Write the given records in `{ }` here, each by a name.");
  }
  const properties = readProperties(section, reading, path);
  if (properties.length < section.properties.length) return null;
  if (properties.length > maxGiven) {
    return reading.refuse("too_many", section, path, `A test has at most ${maxGiven} given records. Remove some.`);
  }
  const rows = properties.map(({ name, key, value }) => {
    const at = [...path, name];
    reading.place(at, key);
    const shape = fieldNameShape(name);
    if (shape !== null) return reading.refuse("name_shape", key, at, shape);
    return readRow(name, value, { reading, path: at });
  });
  return rows.every((row) => row !== null) ? rows : null;
}

function readRow(name: string, node: Expression, at: At): GivenRow | null {
  const { reading, path } = at;
  const call = readCall(node, reading, { path, allowed: ["row"], expected: `\`${example}\`` });
  const resource = call && readHead(call, at, { part: "resource", example });
  if (!call || resource === null) return null;
  const problems = reading.problems.length;
  const object = optionsArgument(call, 1, reading, path);
  const values = object ? readValues(object, { reading, path: [...path, "values"] }) : {};
  return values && reading.problems.length === problems ? { name, resource, values } : null;
}

/** Values by the fields that they are of; null where one was refused. */
export function readValues(
  object: ObjectExpression,
  { reading, path }: At,
): Readonly<Record<string, TestValue>> | null {
  reading.place(path, object);
  const properties = readProperties(object, reading, path);
  const entries: [string, TestValue][] = [];
  for (const { name, key, value } of properties) {
    const at = [...path, name];
    if (name === "__proto__") {
      reading.refuse("reserved_name", key, path, "`__proto__` cannot be a name here. Choose another.");
      continue;
    }
    reading.place(at, value);
    const read = readTestValue(value, { reading, path: at });
    if (read !== undefined) entries.push([name, read]);
  }
  return entries.length === object.properties.length ? Object.fromEntries(entries) : null;
}
