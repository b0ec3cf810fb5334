import { withThroughLinks } from "../relationships/throughLinks.ts";
import { followRename } from "../rename/followRename.ts";
import type { Model } from "../types.ts";
import { addAttribute } from "./addAttribute.ts";
import { addBelongsTo } from "./addBelongsTo.ts";
import { addHasMany } from "./addHasMany.ts";
import { addManyToMany } from "./addManyToMany.ts";
import { addResource } from "./addResource.ts";
import type { Change } from "./Change.ts";
import { setAppApi, setDeprecation, setOperation, setResourceApi } from "./changeApi.ts";
import { changeBehaviour } from "./changeBehaviour.ts";
import { changePrograms } from "./changePrograms.ts";
import { addValueObject, removeValueObject, renameValueObject, setValueObject } from "./changeValueObject.ts";
import type { ModelCommand } from "./ModelCommand.ts";
import { moveAttribute } from "./moveAttribute.ts";
import { removeAttribute } from "./removeAttribute.ts";
import { removeRelationship } from "./removeRelationship.ts";
import { removeResource } from "./removeResource.ts";
import { renameAttribute } from "./renameAttribute.ts";
import { renameChoice } from "./renameChoice.ts";
import { renameRelationship } from "./renameRelationship.ts";
import { renameResource } from "./renameResource.ts";
import { setApp } from "./setApp.ts";
import { setAttribute } from "./setAttribute.ts";
import { setRelationship } from "./setRelationship.ts";
import { setResource } from "./setResource.ts";
import { withoutGoneApi } from "./withoutGoneApi.ts";

/**
 * What a command means for a model, whatever its sources look like.
 * @throws AppError `not_found` when what it speaks of is gone, `invalid_model` when a name cannot be taken.
 */
export function changeModel(model: Model, command: ModelCommand): Change {
  const { model: after, renames } = carryOut(followRename(model, command), command);
  return { model: withThroughLinks(withoutGoneApi(model, after)), renames };
}

function carryOut(model: Model, command: ModelCommand): Change {
  switch (command.type) {
    case "setApp":
      return setApp(model, command);
    case "addResource":
      return addResource(model, command);
    case "removeResource":
      return removeResource(model, command);
    case "renameResource":
      return renameResource(model, command);
    case "setResource":
      return setResource(model, command);
    case "addValueObject":
      return addValueObject(model, command);
    case "removeValueObject":
      return removeValueObject(model, command);
    case "renameValueObject":
      return renameValueObject(model, command);
    case "setValueObject":
      return setValueObject(model, command);
    case "addAttribute":
      return addAttribute(model, command);
    case "removeAttribute":
      return removeAttribute(model, command);
    case "renameAttribute":
      return renameAttribute(model, command);
    case "setAttribute":
      return setAttribute(model, command);
    case "moveAttribute":
      return moveAttribute(model, command);
    case "renameChoice":
      return renameChoice(model, command);
    case "addBelongsTo":
      return addBelongsTo(model, command);
    case "addHasOne":
    case "addHasMany":
      return addHasMany(model, command);
    case "addManyToMany":
      return addManyToMany(model, command);
    case "removeRelationship":
      return removeRelationship(model, command);
    case "renameRelationship":
      return renameRelationship(model, command);
    case "setRelationship":
      return setRelationship(model, command);
    case "setAppApi":
      return setAppApi(model, command);
    case "setResourceApi":
      return setResourceApi(model, command);
    case "setOperation":
      return setOperation(model, command);
    case "setDeprecation":
      return setDeprecation(model, command);
    case "addProcess":
    case "setProcess":
    case "removeProcess":
    case "renameProcess":
    case "renameInput":
    case "changeStarts":
    case "addStep":
    case "setStep":
    case "moveStep":
    case "removeStep":
    case "renameStep":
    case "setFunction":
    case "removeFunction":
    case "renameFunction":
    case "setAuth":
    case "setConnection":
    case "removeConnection":
    case "renameConnection":
      return changePrograms(model, command);
    default:
      return changeBehaviour(model, command);
  }
}
