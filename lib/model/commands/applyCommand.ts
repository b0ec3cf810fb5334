import { editSources } from "../edit/editSources.ts";
import { cannotEdit } from "../edit/SourceFile.ts";
import type { Places } from "../read/Places.ts";
import { readModel } from "../read/readModel.ts";
import type { Sources } from "../sources.ts";
import { editTestFiles } from "../tests/editTests.ts";
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
  refuseUnreadMentions(sources, command, places);
  const edited = editSources(sources, { before: draft, places, after: model, renames });
  return editTestFiles(edited, { before: draft, after: model, renames, command });
}

/** What a file that cannot be read says of a name cannot be followed when the name changes or goes. */
function refuseUnreadMentions(sources: Sources, command: ModelCommand, places: Places): void {
  const name = changedName(command);
  if (name === null) return;
  for (const resource of places.unread) {
    const file =
      resource === "app"
        ? null
        : (
            places.rangeOf(["processes", resource]) ??
            places.rangeOf(["functions", resource]) ??
            places.rangeOf([resource])
          )?.file;
    const text = file ? sources[file] : undefined;
    if (file && text && [`"${name}"`, `'${name}'`, `\`${name}\``].some((quoted) => text.includes(quoted))) {
      throw cannotEdit(file);
    }
  }
}

/** The name of which other files may speak. */
function changedName(command: ModelCommand): string | null {
  switch (command.type) {
    case "renameResource":
    case "removeResource":
      return command.resource;
    case "renameValueObject":
    case "removeValueObject":
      return command.valueObject;
    case "renameRelationship":
    case "removeRelationship":
      return command.relationship;
    case "renameProcess":
    case "removeProcess":
      return command.process;
    case "renameFunction":
    case "removeFunction":
      return command.function;
    default:
      return null;
  }
}
