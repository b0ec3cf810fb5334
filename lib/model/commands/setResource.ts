import { pluralOf } from "../naming/pluralOf.ts";
import { actionNames } from "../read/readActions.ts";
import type { Model } from "../types.ts";
import type { Change } from "./Change.ts";
import { changed, withResource } from "./Change.ts";
import type { CommandOf } from "./CommandOf.ts";
import { findResource } from "./findParts.ts";
import { withOptional } from "./withOptional.ts";

export function setResource(model: Model, command: CommandOf<"setResource">): Change {
  const resource = findResource(model, command.resource);
  const { actions = resource.actions, uniques = resource.uniques, indexes = resource.indexes } = command;
  const plural = Object.hasOwn(command, "plural") ? (command.plural ?? pluralOf(resource.name)) : resource.plural;
  const described = withOptional(resource, "describe", command);
  return changed(
    withResource(model, {
      ...described,
      plural,
      actions: actionNames.filter((name) => actions.includes(name)),
      uniques,
      indexes,
    }),
  );
}
