import type { Model } from "../types.ts";
import type { Change } from "./Change.ts";
import { changed } from "./Change.ts";
import type { CommandOf } from "./CommandOf.ts";
import { withOptional } from "./withOptional.ts";

export function setApp(model: Model, command: CommandOf<"setApp">): Change {
  const name = command.name ?? model.app.name;
  return changed({ ...model, app: withOptional({ ...model.app, name }, "describe", command) });
}
