import { AppError } from "../../errors/AppError.ts";
import { mapExpressions, mapValueObject } from "../expressions/mapExpressions.ts";
import { mapSame } from "../expressions/mapSame.ts";
import { mapProcess } from "../processes/mapProcess.ts";
import type { Model } from "../types.ts";
import type { Change } from "./Change.ts";
import { changed } from "./Change.ts";
import type { CommandOf } from "./CommandOf.ts";

/** Writes another text where an expression stands. */
export function setExpression(model: Model, { path, to }: CommandOf<"setExpression">): Change {
  const wanted = JSON.stringify(path);
  let found = false;
  const map = (text: string, slot: { readonly path: readonly string[] }) => {
    if (JSON.stringify(slot.path) !== wanted) return text;
    found = true;
    return to;
  };
  const resources = mapSame(model.resources, (resource) =>
    resource.name === path[0] ? mapExpressions(model, resource, map) : resource,
  );
  const objects = mapSame(model.valueObjects ?? [], (object) =>
    object.name === path[0] ? mapValueObject(object, map) : object,
  );
  const processes = mapSame(model.processes ?? [], (process) =>
    path[0] === "processes" && process.name === path[1] ? mapProcess(process, map) : process,
  );
  if (!found) throw new AppError("not_found", "This expression is not there any more.");
  return changed({
    ...model,
    resources,
    ...(model.valueObjects ? { valueObjects: objects } : {}),
    ...(model.processes ? { processes } : {}),
  });
}
