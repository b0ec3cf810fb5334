import { editSources } from "../edit/editSources.ts";
import { readModel } from "../read/readModel.ts";
import type { Sources } from "../sources.ts";
import { changeModel } from "./changeModel.ts";
import type { ModelCommand } from "./ModelCommand.ts";

/**
 * The sources once a command is carried out, by surgical edits: what it does not speak of stays byte for byte.
 * @throws AppError `not_found` when what it speaks of is gone; `invalid_model` when a name cannot be taken or a file
 * that it has to edit has errors; `conflict` when a file is in the way.
 */
export function applyCommand(sources: Sources, command: ModelCommand): Sources {
  const { draft, places } = readModel(sources);
  const { model, renames } = changeModel(draft, command);
  return editSources(sources, { before: draft, places, after: model, renames });
}
