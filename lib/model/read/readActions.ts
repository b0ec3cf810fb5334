import type { Action, ActionName, Argument, Requirement } from "../types.ts";
import { plain, refuseKind, stringValue } from "./literals.ts";
import type { At } from "./OptionReader.ts";
import { OptionReader, readItems, readSection } from "./OptionReader.ts";
import { present } from "./present.ts";
import { readAttribute } from "./readAttribute.ts";
import type { Call } from "./readCall.ts";
import { optionsArgument, readCall } from "./readCall.ts";
import { readExpression, readExpressionArgument } from "./readExpression.ts";
import { propertyName } from "./readProperties.ts";
import { readValidation } from "./readValidation.ts";
import { someOf } from "./someOf.ts";
import type { Expression, ObjectExpression } from "./syntax.ts";

export const actionNames: readonly ActionName[] = ["read", "create", "update", "destroy"];

export interface ActionsDeclaration {
  /** Which of the standard ones exist. */
  readonly actions: readonly ActionName[];
  /** Standard ones that say more than that they exist, in their usual order, then named ones as they are written. */
  readonly definedActions: readonly Action[];
}

/** Reads `{ read: {}, create: { accept: [...] }, win: update({ ... }) }`; without it all standard actions exist. */
export function readActions(node: Expression | undefined, at: At): ActionsDeclaration {
  const whole = { actions: actionNames, definedActions: [] };
  if (!node) return whole;
  const object = plain(node);
  if (object.type !== "ObjectExpression") {
    refuseKind(object, at.reading, at.path, "Write the actions in `{ }` here, such as `{ read: {} }`.");
    return whole;
  }
  const read = readSection(object, at, readAction);
  const isStandard = ({ name }: Action) => actionNames.some((standard) => standard === name);
  const standard = actionNames.flatMap((name) => read.filter((action) => action.name === name));
  const defined = [
    ...standard.filter((action) => Object.keys(action).length > 2),
    ...read.filter((action) => !isStandard(action)),
  ];
  return { actions: standard.map(({ type }) => type), definedActions: defined };
}

function readAction(name: string, node: Expression, at: At): Action | null {
  const { reading, path } = at;
  const standard = actionNames.find((candidate) => candidate === name);
  const value = plain(node);
  if (standard && value.type === "ObjectExpression") return readOptions(name, standard, value, at);
  const expected = standard ? "`{}`" : "`read({ ... })`, `create({ ... })`, `update({ ... })` or `destroy({ ... })`";
  if (standard && value.type !== "CallExpression") return refuseKind(value, reading, path, "Write `{}` here.");
  const call = readCall(node, reading, { path, allowed: standard ? [standard] : actionNames, expected });
  const type = actionNames.find((candidate) => candidate === call?.name);
  if (!call || !type) return null;
  reading.place([...path, "type"], call.node.callee);
  return readOptions(name, type, optionsArgument(call, 0, reading, path), at);
}

/** What an action of a type can say, in the order in which it is written. */
function actionOptions(type: ActionName, isStandard: boolean): readonly string[] {
  switch (type) {
    case "read":
      return isStandard ? ["describe"] : ["arguments", "where", "describe"];
    case "create":
      return ["accept", "arguments", "set", "require", "validations", "upsert", "describe"];
    case "update":
      return ["accept", "arguments", "set", "require", "validations", "describe"];
    case "destroy":
      return ["arguments", "require", "describe"];
  }
}

function readOptions(name: string, type: ActionName, object: ObjectExpression | null, at: At): Action {
  const standard = actionNames.some((candidate) => candidate === name);
  const options = new OptionReader(object, at, {
    allowed: actionOptions(type, standard),
    of: standard ? `The action \`${name}\`` : `\`${type}\``,
  });
  const section = <T>(option: string, read: (option: string, value: Expression, at: At) => T | null) => {
    const node = options.node(option);
    return node ? someOf(readSection(node, options.at(option), read)) : undefined;
  };
  const checks = options.node("validations");
  return {
    name,
    type,
    ...present({
      describe: options.text("describe"),
      accept: options.texts("accept"),
      arguments: section("arguments", readArgument),
      set: section("set", readSet),
      require: readRequire(options),
      validations: checks
        ? someOf(readItems(checks, options.at("validations"), (item, where) => readValidation(item, where, true)))
        : undefined,
      where: options.text("where"),
      upsert: someOf(options.texts("upsert")),
    }),
  };
}

/** Reads a value that a caller gives: written like an attribute, without what only stored ones have. */
export function readArgument(name: string, node: Expression, at: At): Argument | null {
  const attribute = readAttribute(name, node, at);
  if (!attribute) return null;
  const call = plain(node);
  const objects = call.type === "CallExpression" ? call.arguments : [];
  for (const object of objects) {
    if (object.type !== "ObjectExpression") continue;
    for (const property of object.properties) {
      const option = property.type === "ObjectProperty" ? propertyName(property) : null;
      if (property.type !== "ObjectProperty" || !["column", "unique", "deprecated"].includes(option ?? "")) continue;
      const reason = option === "deprecated" ? "An argument" : "An argument is not stored, so it";
      const message = `${reason} has no \`${option}\`. Leave it out.`;
      at.reading.refuse("unknown_option", property.key, at.path, message);
    }
  }
  const { column: _column, unique: _unique, deprecated: _deprecated, ...argument } = attribute;
  return argument;
}

function readSet(
  field: string,
  node: Expression,
  at: At,
): { readonly field: string; readonly expression: string } | null {
  const expression = readExpression(node, { reading: at.reading, path: [...at.path, "expression"] });
  return expression === null ? null : { field, expression };
}

/** One requirement or a list of them, each `"amount > 0"` or `require("amount > 0", "Give it an amount first")`. */
function readRequire(options: OptionReader): readonly Requirement[] | undefined {
  const node = options.node("require");
  if (!node) return undefined;
  const at = options.at("require");
  if (plain(node).type === "ArrayExpression") return someOf(readItems(node, at, readRequirement));
  const one = readRequirement(node, { reading: at.reading, path: [...at.path, "0"] });
  return one ? [one] : undefined;
}

function readRequirement(node: Expression, at: At): Requirement | null {
  const { reading, path } = at;
  if (stringValue(node) !== null) {
    const expression = readExpression(node, { reading, path: [...path, "expression"] });
    return expression === null ? null : { expression };
  }
  const example = 'require("amount > 0", "Give it an amount first")';
  const call = readCall(node, reading, { path, allowed: ["require"], expected: `an expression or \`${example}\`` });
  if (!call) return null;
  const expression = readExpressionArgument(call, 0, { ...at, example });
  const message = readMessage(call, at);
  return expression === null ? null : { expression, ...present({ message }) };
}

function readMessage(call: Call, { reading, path }: At): string | undefined {
  const [, node, extra] = call.args;
  if (extra) reading.refuse("unknown_option", extra, path, "`require` takes nothing more. Remove this.");
  return node ? (readExpression(node, { reading, path: [...path, "message"] }) ?? undefined) : undefined;
}
