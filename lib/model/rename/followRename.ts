import type { ModelCommand } from "../commands/ModelCommand.ts";
import type { Model } from "../types.ts";
import type { Mentions } from "./renameMentions.ts";
import { optionsKey, renameMentions } from "./renameMentions.ts";

/** The model in which whatever speaks of the thing that a command renames calls it by its new name already. */
export function followRename(model: Model, command: ModelCommand): Model {
  switch (command.type) {
    case "renameAttribute":
      return renameMentions(model, field(command.resource, command.attribute, command.to));
    case "renameRelationship":
      return renameMentions(model, field(command.resource, command.relationship, command.to));
    case "renameCalculation":
      return renameMentions(model, field(command.resource, command.calculation, command.to));
    case "renameAggregate":
      return renameMentions(model, field(command.resource, command.aggregate, command.to));
    case "renameChoice": {
      const options = new Map([[command.option, command.to]]);
      return renameMentions(model, {
        members: new Map(),
        options: new Map([[optionsKey(command.resource, command.attribute), options]]),
      });
    }
    case "renameResource": {
      const { app } = model;
      return app.users === command.resource ? { ...model, app: { ...app, users: command.to } } : model;
    }
    default:
      return model;
  }
}

function field(resource: string, from: string, to: string): Mentions {
  return { members: new Map([[resource, new Map([[from, to]])]]), options: new Map() };
}
