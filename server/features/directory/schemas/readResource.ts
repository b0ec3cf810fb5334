import { ScimError } from "../ScimError.ts";
import type { ResourceType } from "./resourceTypes.ts";
import { findAttribute, isObject, type Json, type ScimAttribute } from "./ScimSchema.ts";

const longestText = 1000;
const mostValues = 20_000;

/**
 * What is kept of a resource that was sent: known attributes under their proper names, of the right types. What is read
 * only, null or not known is left out, as RFC 7643 has it. Throws ScimError.
 */
export function readResource(type: ResourceType, given: unknown): Json {
  if (!isObject(given)) throw new ScimError(400, "Send a JSON object.", "invalidSyntax");
  const kept = readComplex(type.attributes, given, "");
  if (!type.extension) return kept;
  const urn = type.extension.id;
  const [, extension] = Object.entries(given).find(([name]) => name.toLowerCase() === urn.toLowerCase()) ?? [];
  if (!isObject(extension)) return kept;
  const values = readComplex(type.extension.attributes, extension, `${urn}:`);
  return Object.keys(values).length > 0 ? { ...kept, [urn]: values } : kept;
}

function readComplex(attributes: readonly ScimAttribute[], given: Json, place: string): Json {
  const kept: Json = {};
  for (const [name, value] of Object.entries(given)) {
    const attribute = findAttribute(attributes, name);
    if (!attribute || attribute.mutability === "readOnly") continue;
    const read = readValue(attribute, value, place);
    if (read !== undefined) kept[attribute.name] = read;
  }
  return kept;
}

/** One attribute's value; undefined where it has none. */
export function readValue(attribute: ScimAttribute, value: unknown, place: string): unknown {
  if (value === null || value === undefined) return undefined;
  if (!attribute.multiValued) return readSingle(attribute, value, place);
  const all = (Array.isArray(value) ? value : [value]).flatMap(
    (one: unknown) => readSingle(attribute, one, place) ?? [],
  );
  if (all.length > mostValues) throw new ScimError(400, `${place}${attribute.name} has too many values.`, "tooMany");
  return all.length === 0 ? undefined : all;
}

export function readSingle(attribute: ScimAttribute, value: unknown, place: string): unknown {
  const name = `${place}${attribute.name}`;
  if (value === null || value === undefined) return undefined;
  switch (attribute.type) {
    case "boolean":
      return readBoolean(value, name);
    case "complex": {
      // Where only the one thing that counts is sent: `"manager": "42"`, `"members": ["42"]`.
      const parts = isObject(value) ? value : { value };
      const read = readComplex(attribute.subAttributes ?? [], parts, `${name}.`);
      return Object.keys(read).length === 0 ? undefined : read;
    }
    case "string":
    case "reference":
    case "dateTime": {
      if (typeof value !== "string" && typeof value !== "number") {
        throw new ScimError(400, `${name} must be a text.`, "invalidValue");
      }
      const text = String(value);
      if (text.length > longestText || text.includes("\u0000")) {
        throw new ScimError(400, `${name} is too long or has characters that are not accepted.`, "invalidValue");
      }
      return text;
    }
  }
}

/** Entra ID writes them as texts: "True". */
function readBoolean(value: unknown, name: string): boolean {
  if (typeof value === "boolean") return value;
  if (typeof value === "string" && /^(true|false)$/i.test(value)) return value.toLowerCase() === "true";
  throw new ScimError(400, `${name} must be true or false.`, "invalidValue");
}
