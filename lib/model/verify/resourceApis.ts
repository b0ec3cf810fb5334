import { actionsOf, isStandardAction } from "../actions/actionsOf.ts";
import type { ListUse } from "../api/listFields.ts";
import { listNames } from "../api/listFields.ts";
import { restName } from "../api/operations.ts";
import { largestPageSize } from "../api/pageSizes.ts";
import { kebabCase } from "../naming/kebabCase.ts";
import { fieldNameShape, pathNameShape } from "../naming/nameShape.ts";
import { reservedPlural, reservedSegment } from "../naming/reservedNames.ts";
import type { OperationSettings, Resource, ResourceApi } from "../types.ts";
import { eachResource } from "./eachResource.ts";
import { nameHint } from "./nameHint.ts";
import type { Finding, Rule } from "./Rule.ts";

/** What a resource says of its APIs speaks of fields and actions that are there, in names and numbers that they can have. */
export const resourceApis: Rule = eachResource((resource) => {
  const { api } = resource;
  if (!api) return [];
  return [
    ...pathFindings(resource.name, api),
    ...sizeFindings(resource.name, api),
    ...listFindings(resource, "filterable"),
    ...listFindings(resource, "sortable"),
    ...(api.operations ?? []).flatMap((operation) => operationFindings(resource, operation)),
  ];
});

function pathFindings(name: string, { path: segment }: ResourceApi): readonly Finding[] {
  if (segment === undefined) return [];
  const path = [name, "api", "path"];
  const shape = pathNameShape(segment);
  if (shape) return [{ code: "name_shape", path, message: shape }];
  const reserved = reservedSegment(segment);
  if (!reserved) return [];
  return [{ code: "reserved_name", path, message: `\`${segment}\` is ${reserved}. Choose another path.` }];
}

function sizeFindings(name: string, { pageSize, maxPageSize }: ResourceApi): readonly Finding[] {
  const bounds = ([of, size]: readonly [string, number | undefined]): readonly Finding[] => {
    if (size === undefined || (size >= 1 && size <= largestPageSize)) return [];
    const message = `\`${of}\` is a number between 1 and ${largestPageSize}.`;
    return [{ code: "page_size", path: [name, "api", of], message }];
  };
  const findings = [bounds(["pageSize", pageSize]), bounds(["maxPageSize", maxPageSize])].flat();
  if (findings.length > 0 || pageSize === undefined || maxPageSize === undefined) return findings;
  if (pageSize <= maxPageSize) return [];
  const message = `Lists hold at most ${maxPageSize} records, so they cannot hold ${pageSize} where nobody says how many.`;
  const command = { type: "setResourceApi", resource: name, api: { pageSize: maxPageSize } } as const;
  const fix = { title: `Use ${maxPageSize} for both`, command };
  return [{ code: "page_size", path: [name, "api", "pageSize"], message, fix }];
}

function listFindings(resource: Resource, use: ListUse): readonly Finding[] {
  const names = resource.api?.[use] ?? [];
  const known = listNames(resource);
  return names.flatMap((name, index) => {
    const path = [resource.name, "api", use, String(index)];
    if (names.indexOf(name) < index) {
      return [{ code: "duplicate_name", path, message: `\`${name}\` is here twice. Remove one.` }];
    }
    if (known.includes(name)) return [];
    const message = `\`${resource.name}\` has no field \`${name}\`. ${nameHint(name, known, "Name one of its fields.")}`;
    const command = {
      type: "setResourceApi",
      resource: resource.name,
      api: { [use]: names.filter((other) => other !== name) },
    } as const;
    return [{ code: "unknown_field", path, message, fix: { title: `Take ${name} out`, command } }];
  });
}

function operationFindings(resource: Resource, operation: OperationSettings): readonly Finding[] {
  const { action, rest, graphql } = operation;
  const path = [resource.name, "api", "operations", action];
  const actions = actionsOf(resource);
  const known = actions.find(({ name }) => name === action);
  if (!known) {
    const names = actions.map(({ name }) => name);
    const message = `\`${resource.name}\` has no action \`${action}\`. ${nameHint(action, names, "Name one of its actions.")}`;
    const command = { type: "setOperation", resource: resource.name, operation: { action } } as const;
    return [{ code: "unknown_action", path, message, fix: { title: `Take ${action} out`, command } }];
  }
  return [
    ...(typeof rest === "string" ? restFindings(resource, action, rest) : []),
    ...(typeof graphql === "string" ? graphqlFindings(graphql, [...path, "graphql"]) : []),
  ];
}

function restFindings(resource: Resource, action: string, name: string): readonly Finding[] {
  const path = [resource.name, "api", "operations", action, "rest"];
  if (isStandardAction(action)) {
    const message = `\`${action}\` has no name in paths: it is a method of HTTP. Write \`false\` to hide it.`;
    return [{ code: "wrong_type", path, message }];
  }
  const shape = pathNameShape(name, /^[a-z][A-Za-z0-9]*(-[A-Za-z0-9]+)*$/);
  if (shape) return [{ code: "name_shape", path, message: shape }];
  const reserved = name === action ? null : reservedSegment(name);
  if (reserved) return [{ code: "reserved_name", path, message: `\`${name}\` is ${reserved}. Choose another name.` }];
  const owner = pathOwner(resource, action, name);
  if (!owner) return [];
  const message = `${owner} of \`${resource.name}\` has this path already. Choose another name.`;
  return [{ code: "duplicate_name", path, message }];
}

/** What has a segment below the paths of a resource already, for people. */
function pathOwner(resource: Resource, action: string, name: string): string | null {
  const same = (other: string) => kebabCase(other) === kebabCase(name);
  const others = actionsOf(resource).filter((other) => other.name !== action && !isStandardAction(other.name));
  const other = others.find((candidate) => same(restName(resource, candidate.name)));
  if (other) return `The action \`${other.name}\``;
  const relationship = resource.relationships.find((candidate) => same(candidate.name));
  if (relationship) return `The relationship \`${relationship.name}\``;
  const file = resource.attributes.find((attribute) => attribute.type.kind === "file" && same(attribute.name));
  return file ? `The file \`${file.name}\`` : null;
}

function graphqlFindings(name: string, path: readonly string[]): readonly Finding[] {
  const shape = fieldNameShape(name);
  if (shape) return [{ code: "name_shape", path, message: shape }];
  const reserved = reservedPlural(name);
  if (!reserved) return [];
  return [{ code: "reserved_name", path, message: `\`${name}\` is ${reserved}. Choose another name.` }];
}
