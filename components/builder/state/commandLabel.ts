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
    case "addValueObject":
      return `Add value object ${command.name}`;
    case "removeValueObject":
      return `Remove value object ${command.valueObject}`;
    case "renameValueObject":
      return `Rename ${command.valueObject} to ${command.to}`;
    case "setValueObject":
      return `Change ${command.valueObject}`;
    case "addBelongsTo":
    case "addHasOne":
    case "addHasMany":
    case "addManyToMany":
      return `Add relationship ${command.resource}.${command.name}`;
    case "removeRelationship":
      return `Remove relationship ${command.resource}.${command.relationship}`;
    case "renameRelationship":
      return `Rename ${command.resource}.${command.relationship} to ${command.to}`;
    case "setRelationship":
      return `Change ${command.resource}.${command.relationship}`;
    case "setExpression":
      return `Change an expression of ${(command.path[0] === "processes" ? command.path[1] : command.path[0]) ?? "the app"}`;
    case "setCalculation":
      return `Change ${command.resource}.${command.calculation.name}`;
    case "removeCalculation":
      return `Remove calculation ${command.resource}.${command.calculation}`;
    case "renameCalculation":
      return `Rename ${command.resource}.${command.calculation} to ${command.to}`;
    case "setAggregate":
      return `Change ${command.resource}.${command.aggregate.name}`;
    case "removeAggregate":
      return `Remove aggregate ${command.resource}.${command.aggregate}`;
    case "renameAggregate":
      return `Rename ${command.resource}.${command.aggregate} to ${command.to}`;
    case "changeValidations":
      return `Change the validations of ${command.resource}`;
    case "changePolicies":
    case "changeFieldPolicies":
      return `Change the policies of ${command.resource}`;
    case "setConditionalUniques":
      return `Change what is unique in ${command.resource}`;
    case "setStates":
      return `Change the states of ${command.resource}`;
    case "setAction":
      return `Change action ${command.resource}.${command.action.name}`;
    case "removeAction":
      return `Remove action ${command.resource}.${command.action}`;
    case "renameAction":
      return `Rename action ${command.resource}.${command.action} to ${command.to}`;
    case "renameArgument":
      return `Rename argument ${command.argument} to ${command.to}`;
    case "setFeatures":
      return `Change the features of ${command.resource}`;
    case "setRoles":
      return "Change the roles";
    case "renameRole":
      return `Rename role ${command.role} to ${command.to}`;
    case "setUsers":
      return "Change who the users are";
    case "setAppApi":
      return "Change the API settings";
    case "setResourceApi":
      return `Change how ${command.resource} shows in the API`;
    case "setOperation":
      return `Change ${command.operation.action} of ${command.resource} in the API`;
    case "setDeprecation":
      return `${command.deprecated ? "Deprecate" : "Keep"} ${command.resource}.${command.field}`;
    case "addProcess":
      return `Add process ${command.name}`;
    case "setProcess":
      return `Change process ${command.process.name}`;
    case "removeProcess":
      return `Remove process ${command.process}`;
    case "renameProcess":
      return `Rename process ${command.process} to ${command.to}`;
    case "renameInput":
      return `Rename input ${command.input} of ${command.process} to ${command.to}`;
    case "changeStarts":
      return `Change the starts of ${command.process}`;
    case "addStep":
      return `Add step ${command.step.name} to ${command.process}`;
    case "setStep":
      return `Change step ${command.step.name} of ${command.process}`;
    case "moveStep":
      return `Move step ${command.step} of ${command.process}`;
    case "removeStep":
      return `Remove step ${command.step} of ${command.process}`;
    case "renameStep":
      return `Rename step ${command.step} of ${command.process} to ${command.to}`;
    case "setFunction":
      return `Change function ${command.function.name}`;
    case "removeFunction":
      return `Remove function ${command.function}`;
    case "renameFunction":
      return `Rename function ${command.function} to ${command.to}`;
    case "setAuth":
      return "Change how people sign in";
    case "setConnection":
      return `Change connection ${command.connection.name}`;
    case "removeConnection":
      return `Remove connection ${command.connection}`;
    case "renameConnection":
      return `Rename connection ${command.connection} to ${command.to}`;
  }
}
