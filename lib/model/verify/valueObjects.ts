import { closest } from "../../expression/closest.ts";
import { resourceNameShape } from "../naming/nameShape.ts";
import { reservedType } from "../naming/reservedNames.ts";
import type { Model, ValueObject } from "../types.ts";
import type { Finding, Rule } from "./Rule.ts";
import { problemAt } from "./Rule.ts";

/** Value objects in value objects, the outermost among them. */
const maxDepth = 5;

/** Kinds that need a record of their own. */
const notParts: Readonly<Record<string, string>> = {
  file: "A file belongs to a record",
  sequence: "Numbers are given to records",
  encrypted: "Only whole attributes of a resource are encrypted",
};

/** Value objects that attributes hold are there, hold none that holds them, and only what a value can be made of. */
export const valueObjects: Rule = (draft, places) =>
  [...unknown(draft), ...nesting(draft), ...wrongParts(draft)].map((finding) => problemAt(places, finding));

function unknown({ resources, valueObjects: all = [] }: Model): readonly Finding[] {
  const names = new Set(all.map(({ name }) => name));
  return [...resources, ...all].flatMap(({ name: owner, attributes }) =>
    attributes.flatMap(({ name, type }): readonly Finding[] => {
      if (type.kind !== "embed" || type.valueObject === "" || names.has(type.valueObject)) return [];
      const { valueObject } = type;
      const path = [owner, "attributes", name, "valueObject"];
      if (resources.some((resource) => resource.name === valueObject)) {
        const message = `\`${valueObject}\` is a resource, whose records stand on their own. Write a belongsTo for it.`;
        return [{ code: "unknown_value_object", path, message }];
      }
      const meant = closest(valueObject, names);
      const possible = !meant && resourceNameShape(valueObject) === null && reservedType(valueObject) === null;
      const message = `There is no value object \`${valueObject}\`. ${meant ? `Did you mean \`${meant}\`?` : "Add it or name another."}`;
      const command = { type: "addValueObject", name: valueObject } as const;
      const fix = possible ? { fix: { title: `Add the value object ${valueObject}`, command } } : {};
      return [{ code: "unknown_value_object", path, message, ...fix }];
    }),
  );
}

function nesting({ valueObjects: all = [] }: Model): readonly Finding[] {
  const byName = new Map(all.map((valueObject) => [valueObject.name, valueObject]));
  const depths = new Map<string, number>();
  return all.flatMap((valueObject) => {
    const cycle = cycleFrom(valueObject, byName);
    if (cycle) {
      const around = [...cycle, valueObject.name].map((name) => `\`${name}\``).join(" holds ");
      const message = `${around}, so that its values would never end. Take one of these parts out.`;
      return [{ code: "endless_value", path: [valueObject.name], message }];
    }
    if (depthOf(valueObject, byName, depths) <= maxDepth) return [];
    const message = `Value objects can stand ${maxDepth} deep in each other; \`${valueObject.name}\` is deeper. Take a level out.`;
    return [{ code: "too_deep", path: [valueObject.name], message }];
  });
}

/** The shortest way around from a value object back to it; null where it does not hold itself. */
function cycleFrom({ name: start }: ValueObject, byName: ReadonlyMap<string, ValueObject>): readonly string[] | null {
  const cameBy = new Map<string, readonly string[]>([[start, [start]]]);
  for (const [at, way] of cameBy) {
    for (const held of heldBy(byName.get(at))) {
      if (held === start) return way;
      if (!cameBy.has(held)) cameBy.set(held, [...way, held]);
    }
  }
  return null;
}

/** How many levels there are, this one among them; endless ones count as too many. */
function depthOf(
  valueObject: ValueObject,
  byName: ReadonlyMap<string, ValueObject>,
  depths: Map<string, number>,
): number {
  const known = depths.get(valueObject.name);
  if (known !== undefined) return known;
  depths.set(valueObject.name, 0);
  const inner = heldBy(valueObject).flatMap((name) => byName.get(name) ?? []);
  const depth = 1 + Math.max(0, ...inner.map((held) => depthOf(held, byName, depths)));
  depths.set(valueObject.name, depth);
  return depth;
}

function heldBy(valueObject: ValueObject | undefined): readonly string[] {
  return (valueObject?.attributes ?? []).flatMap(({ type }) => (type.kind === "embed" ? [type.valueObject] : []));
}

function wrongParts({ valueObjects: all = [] }: Model): readonly Finding[] {
  return all.flatMap(({ name: owner, attributes }) =>
    attributes.flatMap(({ name, type }) => {
      const reason = Object.hasOwn(notParts, type.kind) ? notParts[type.kind] : undefined;
      if (reason === undefined) return [];
      const message = `${reason}, so \`${type.kind}\` cannot be part of a value object. Put it on the resource.`;
      return [{ code: "wrong_part", path: [owner, "attributes", name, "type"], message }];
    }),
  );
}
