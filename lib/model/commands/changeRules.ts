import type { Model } from "../types.ts";
import type { Change } from "./Change.ts";
import { changed, withResource } from "./Change.ts";
import type { CommandOf } from "./CommandOf.ts";
import { withList } from "./changeLists.ts";
import { findResource } from "./findParts.ts";

export function setConditionalUniques(model: Model, command: CommandOf<"setConditionalUniques">): Change {
  return withList(model, findResource(model, command.resource), "conditionalUniques", command.groups);
}

export function setStates(model: Model, { resource: of, states }: CommandOf<"setStates">): Change {
  const { states: _old, ...rest } = findResource(model, of);
  return changed(withResource(model, states === null ? rest : { ...rest, states }));
}
