import { actionAtPath } from "#lib/model/api/operations.ts";
import { kebabCase } from "#lib/model/naming/kebabCase.ts";
import { actionOf } from "#lib/plan/access/actionOf.ts";
import type { App } from "../host/App.ts";
import { type Operation, Operations } from "./Operation.ts";
import type { Sighting } from "./Sighting.ts";

export interface Routed {
  readonly app: App;
  /** The name of the route in metrics. */
  readonly route: string;
  readonly method: string;
  /** Below the app's own address. */
  readonly path: string;
}

export function operationsOf(app: App): Operations {
  return app.part(Operations, () => new Operations());
}

/** What a request asked for: by the plan that it came to, else by its path, as far as that names something of the model. */
export function operationOf({ shape }: Sighting, { app, route, method, path }: Routed): Operation {
  const operations = operationsOf(app);
  switch (route) {
    case "rest":
      if (shape !== null) return operations.of(route, shape.resource, actionOf(shape));
      return refusedRest(app, operations, { method, path });
    case "graphql":
      return shape === null ? operations.of(route) : operations.of(route, shape.resource, actionOf(shape));
    case "processes":
    case "hooks":
      return operations.of(route, namesOf(app, route).get(path.split("/")[2] ?? "") ?? null);
    default:
      return operations.of(route);
  }
}

/** One that was answered without a plan. */
function refusedRest(app: App, operations: Operations, { method, path }: Pick<Routed, "method" | "path">): Operation {
  const [, , , first = "", , named] = path.split("/");
  const [segment = "", action = named ?? ""] = first.split(":", 2);
  const entity = app.rest.entityAt(segment);
  if (!entity) return operations.of("rest");
  return operations.of("rest", entity.name, actionAtPath(entity.resource, action)?.name ?? actions[method] ?? null);
}

const actions: Readonly<Record<string, string>> = {
  GET: "read",
  HEAD: "read",
  POST: "create",
  PUT: "create",
  PATCH: "update",
  DELETE: "destroy",
};

/** The processes, or the hooks, by their names in paths. */
function namesOf(app: App, route: "processes" | "hooks"): ReadonlyMap<string, string> {
  const names = app.part(namesOf, () => {
    const processes = app.model.processes ?? [];
    const hooks = processes.flatMap(({ starts = [] }) =>
      starts.flatMap((start) => (start.kind === "hook" ? [start.name] : [])),
    );
    const byPath = (all: readonly string[]) => new Map(all.map((name) => [kebabCase(name), name]));
    return { processes: byPath(processes.map(({ name }) => name)), hooks: byPath(hooks) };
  });
  return names[route];
}
