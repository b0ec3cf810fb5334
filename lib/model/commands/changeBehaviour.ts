import type { Model } from "../types.ts";
import type { BehaviourCommand } from "./BehaviourCommand.ts";
import type { Change } from "./Change.ts";
import { removeAction, renameAction, renameArgument, setAction } from "./changeActions.ts";
import { removeComputed, renameComputed, setAggregate, setCalculation } from "./changeComputed.ts";
import { changeFieldPolicies, changePolicies, changeValidations } from "./changeLists.ts";
import { renameRole, setRoles, setUsers } from "./changeRoles.ts";
import { setConditionalUniques, setStates } from "./changeRules.ts";
import { setExpression } from "./setExpression.ts";
import { setFeatures } from "./setFeatures.ts";

/** What a command on behaviour means for a model. */
export function changeBehaviour(model: Model, command: BehaviourCommand): Change {
  switch (command.type) {
    case "setExpression":
      return setExpression(model, command);
    case "setCalculation":
      return setCalculation(model, command);
    case "setAggregate":
      return setAggregate(model, command);
    case "removeCalculation":
      return removeComputed(model, command.resource, { section: "calculations", name: command.calculation });
    case "removeAggregate":
      return removeComputed(model, command.resource, { section: "aggregates", name: command.aggregate });
    case "renameCalculation":
      return renameComputed(model, command.resource, {
        section: "calculations",
        name: command.calculation,
        to: command.to,
      });
    case "renameAggregate":
      return renameComputed(model, command.resource, {
        section: "aggregates",
        name: command.aggregate,
        to: command.to,
      });
    case "changeValidations":
      return changeValidations(model, command);
    case "changePolicies":
      return changePolicies(model, command);
    case "changeFieldPolicies":
      return changeFieldPolicies(model, command);
    case "setConditionalUniques":
      return setConditionalUniques(model, command);
    case "setStates":
      return setStates(model, command);
    case "setAction":
      return setAction(model, command);
    case "removeAction":
      return removeAction(model, command);
    case "renameAction":
      return renameAction(model, command);
    case "renameArgument":
      return renameArgument(model, command);
    case "setFeatures":
      return setFeatures(model, command);
    case "setRoles":
      return setRoles(model, command);
    case "renameRole":
      return renameRole(model, command);
    case "setUsers":
      return setUsers(model, command);
  }
}
