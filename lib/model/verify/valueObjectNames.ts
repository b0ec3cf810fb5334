import { camelCase } from "../naming/camelCase.ts";
import { fileOf } from "../naming/fileOf.ts";
import { fieldNameShape, resourceNameShape } from "../naming/nameShape.ts";
import { pascalCase } from "../naming/pascalCase.ts";
import { reservedField, reservedType } from "../naming/reservedNames.ts";
import type { ValueObject } from "../types.ts";
import type { Finding, Rule } from "./Rule.ts";
import { problemAt } from "./Rule.ts";

const maxParts = 100;

/** Value objects and their parts have names that can be written in every API, and no file of another. */
export const valueObjectNames: Rule = ({ resources, valueObjects = [] }, places) => {
  const files = new Map(resources.map(({ name }) => [fileOf(name), name]));
  const findings = valueObjects.flatMap((valueObject) => {
    const { name } = valueObject;
    const clash = files.get(fileOf(name));
    files.set(fileOf(name), clash ?? name);
    const message = `\`${name}\` would stand in the file of \`${clash}\`. Rename one of them.`;
    return [
      ...nameFindings(valueObject),
      ...(clash === undefined || clash === name ? [] : [{ code: "duplicate_name", path: [name], message }]),
      ...partFindings(valueObject),
    ];
  });
  return findings.map((finding) => problemAt(places, finding));
};

function nameFindings({ name }: ValueObject): readonly Finding[] {
  const shape = resourceNameShape(name);
  const meaning = shape === null ? reservedType(name) : null;
  const better = pascalCase(name);
  const command = { type: "renameValueObject", valueObject: name, to: better } as const;
  const fix = resourceNameShape(better) === null ? { fix: { title: `Rename it to ${better}`, command } } : {};
  if (shape !== null)
    return [{ code: "name_shape", path: [name], message: shape.replace("A resource's", "A value object's"), ...fix }];
  if (meaning === null) return [];
  return [{ code: "reserved_name", path: [name], message: `\`${name}\` is ${meaning}. Choose another name.` }];
}

function partFindings({ name: resource, attributes }: ValueObject): readonly Finding[] {
  if (attributes.length > maxParts) {
    const message = `\`${resource}\` has ${attributes.length} parts; at most ${maxParts} can be kept. Split it.`;
    return [{ code: "too_many", path: [resource], message }];
  }
  return attributes.flatMap(({ name }) => {
    const path = [resource, "attributes", name];
    const shape = fieldNameShape(name);
    const meaning = shape === null ? reservedField(name) : null;
    const better = camelCase(name);
    const command = { type: "renameAttribute", resource, attribute: name, to: better } as const;
    const fix = fieldNameShape(better) === null ? { fix: { title: `Rename it to ${better}`, command } } : {};
    if (shape !== null) return [{ code: "name_shape", path, message: shape, ...fix }];
    if (meaning === null) return [];
    return [{ code: "reserved_name", path, message: `\`${name}\` is ${meaning}. Choose another name.` }];
  });
}
