import type { ModelCommand } from "../commands/ModelCommand.ts";
import { mapSteps } from "../processes/mapSteps.ts";
import type { ClaimRoles } from "../processTypes.ts";
import { present } from "../read/present.ts";
import type { AttributeType, Model } from "../types.ts";
import type { Mentions } from "./renameMentions.ts";
import { optionsKey, renameMentions } from "./renameMentions.ts";
import { renameProcessNames } from "./renameProcessNames.ts";

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
      const now = (name: string) => (name === command.resource ? command.to : name);
      const followed = renameProcessNames(model, { resource: now });
      return app.users === command.resource ? { ...followed, app: { ...app, users: command.to } } : followed;
    }
    case "renameAction": {
      const { resource: of, action: from, to } = command;
      const action = (resource: string, name: string) => (resource === of && name === from ? to : name);
      return renameProcessNames(model, { action });
    }
    case "renameArgument": {
      const { resource: of, action: at, argument: from, to } = command;
      const argument = (resource: string, action: string, name: string) =>
        resource === of && action === at && name === from ? to : name;
      return renameProcessNames(model, { argument });
    }
    case "renameValueObject":
      return renameHeld(model, command.valueObject, command.to);
    case "renameRole":
      return renameAuthRole(model, command.role, command.to);
    default:
      return model;
  }
}

/** Inputs, parameters and what is asked for may hold a value object. */
function renameHeld(model: Model, from: string, to: string): Model {
  const type = (held: AttributeType): AttributeType =>
    held.kind === "embed" && held.valueObject === from ? { ...held, valueObject: to } : held;
  const typed = <T extends { readonly type: AttributeType }>(values: readonly T[]): readonly T[] =>
    values.map((value) => (type(value.type) === value.type ? value : { ...value, type: type(value.type) }));
  const { processes, functions } = model;
  return {
    ...model,
    ...present({
      processes: processes?.map((process) => ({
        ...process,
        ...present({ input: process.input && typed(process.input) }),
        steps: mapSteps(process.steps, (step) => [
          step.kind === "ask" ? { ...step, returns: typed(step.returns) } : step,
        ]),
      })),
      functions: functions?.map((one) => ({ ...one, parameters: typed(one.parameters), returns: type(one.returns) })),
    }),
  };
}

function renameAuthRole(model: Model, from: string, to: string): Model {
  const { auth } = model.app;
  if (!auth) return model;
  const now = (role: string) => (role === from ? to : role);
  const claims = <T extends { readonly roles?: ClaimRoles }>(one: T): T => {
    const { map } = one.roles ?? {};
    if (!one.roles || !map) return one;
    const entries = Object.entries(map).map(([name, role]) => [name, now(role)]);
    return { ...one, roles: { ...one.roles, map: Object.fromEntries(entries) } };
  };
  const { totp, defaultRoles, providers, issuers } = auth;
  const next = {
    ...auth,
    ...present({
      totp: totp && { ...totp, ...present({ required: totp.required?.map(now) }) },
      defaultRoles: defaultRoles?.map(now),
      providers: providers?.map(claims),
      issuers: issuers?.map(claims),
    }),
  };
  return { ...model, app: { ...model.app, auth: next } };
}

function field(resource: string, from: string, to: string): Mentions {
  return { members: new Map([[resource, new Map([[from, to]])]]), options: new Map() };
}
