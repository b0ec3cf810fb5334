import type { Model } from "../types.ts";
import { differences, text } from "./differences.ts";
import { diffResource } from "./diffResource.ts";
import type { ModelChange } from "./ModelChange.ts";
import { pairs } from "./pairs.ts";

/**
 * What lies between two models, resource by resource in the order of the second. Stored names identify things, so what
 * was renamed is told as renamed.
 */
export function diffModels(before: Model, after: Model): readonly ModelChange[] {
  const { added, removed, kept } = pairs(before.resources, after.resources, ({ table }) => table);
  const app = differences([
    ["name", before.app.name, after.app.name],
    ["description", text(before.app.describe), text(after.app.describe)],
  ]).map((difference): ModelChange => ({ kind: "appChanged", path: [], difference }));
  return [
    ...app,
    ...added.map((resource): ModelChange => ({ kind: "resourceAdded", path: [resource.name], resource })),
    ...removed.map((resource): ModelChange => ({ kind: "resourceRemoved", path: [resource.name], resource })),
    ...kept.flatMap(([was, is]) => diffResource({ model: before, resource: was }, { model: after, resource: is })),
  ];
}
