import type { ModelCommand } from "#lib/model/commands/ModelCommand.ts";

/** A command as one reads it in the list of what can be undone. */
export function commandLabel(command: ModelCommand): string {
  switch (command.type) {
    case "setApp":
      return "Change the app";
    case "addResource":
      return `Add resource ${command.name}`;
    case "removeResource":
      return `Remove resource ${command.resource}`;
    case "renameResource":
      return `Rename ${command.resource} to ${command.to}`;
    case "setResource":
      return `Change ${command.resource}`;
    case "addAttribute":
      return `Add attribute ${command.resource}.${command.name}`;
    case "removeAttribute":
      return `Remove attribute ${command.resource}.${command.attribute}`;
    case "renameAttribute":
      return `Rename ${command.resource}.${command.attribute} to ${command.to}`;
    case "setAttribute":
      return `Change ${command.resource}.${command.attribute}`;
    case "moveAttribute":
      return `Move ${command.resource}.${command.attribute}`;
    case "renameChoice":
      return `Rename option ${command.option} to ${command.to}`;
    case "addBelongsTo":
    case "addHasMany":
    case "addManyToMany":
      return `Add relationship ${command.resource}.${command.name}`;
    case "removeRelationship":
      return `Remove relationship ${command.resource}.${command.relationship}`;
    case "renameRelationship":
      return `Rename ${command.resource}.${command.relationship} to ${command.to}`;
    case "setRelationship":
      return `Change ${command.resource}.${command.relationship}`;
  }
}
