import * as fc from "fast-check";
import { actionsOf } from "../actions/actionsOf.ts";
import { listNames } from "../api/listFields.ts";
import type { ApiCommand } from "../commands/ApiCommand.ts";
import { present } from "../read/present.ts";
import type { Model } from "../types.ts";
import { drawAppApi, drawDeprecation } from "./arbitraryApi.ts";
import type { Draw } from "./draw.ts";
import { chance } from "./draw.ts";

/** A command on how the app shows in its APIs; it may still be refused. */
export function drawApiCommand(draw: Draw, model: Model): ApiCommand {
  const one = <T>(values: readonly T[]): T => draw(() => fc.constantFrom(...values));
  const maybe = <T>(value: T): T | undefined => (chance(draw, 2) ? value : undefined);
  if (model.resources.length === 0 || chance(draw, 5)) {
    const { format, rateLimits, cors } = drawAppApi(draw);
    return { type: "setAppApi", api: { format, rateLimits, ...(chance(draw, 2) ? { cors } : {}) } };
  }
  const resource = one(model.resources);
  const of = resource.name;
  const names = listNames(resource);
  const actions = actionsOf(resource).map(({ name }) => name);
  const kind = draw(fc.nat, { max: 2 });
  if (kind === 0 && actions.length > 0) {
    const operation = { action: one(actions), ...present({ rest: maybe(false as const), graphql: maybe("doIt") }) };
    return { type: "setOperation", resource: of, operation };
  }
  if (kind === 1) {
    return { type: "setDeprecation", resource: of, field: one(names), deprecated: maybe(drawDeprecation(draw)) };
  }
  return {
    type: "setResourceApi",
    resource: of,
    api: {
      path: maybe("elsewhere"),
      pageSize: maybe(10),
      ...(chance(draw, 2) ? { filterable: maybe(names.slice(0, 2)) } : {}),
      ...(chance(draw, 2) ? { sortable: maybe(["id"]) } : {}),
    },
  };
}
