import type { ModelCommand } from "../commands/ModelCommand.ts";
import type { Model } from "../types.ts";
import { renameMentions } from "./renameMentions.ts";
import { renameOptionMentions } from "./renameOption.ts";

/** The model in which whatever speaks of the thing that a command renames calls it by its new name already. */
export function followRename(model: Model, command: ModelCommand): Model {
  switch (command.type) {
    case "renameAttribute":
      return renameMentions(model, { resource: command.resource, from: command.attribute, to: command.to });
    case "renameRelationship":
      return renameMentions(model, { resource: command.resource, from: command.relationship, to: command.to });
    case "renameCalculation":
      return renameMentions(model, { resource: command.resource, from: command.calculation, to: command.to });
    case "renameAggregate":
      return renameMentions(model, { resource: command.resource, from: command.aggregate, to: command.to });
    case "renameChoice": {
      const { resource, attribute, option: from, to } = command;
      return renameOptionMentions(model, { resource, attribute, from, to });
    }
    case "renameResource": {
      const { app } = model;
      return app.users === command.resource ? { ...model, app: { ...app, users: command.to } } : model;
    }
    default:
      return model;
  }
}
