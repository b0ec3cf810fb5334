import type { Action, Requirement, Resource, Validation } from "../types.ts";
import { argumentsCode } from "./argumentCode.ts";
import type { OptionCode } from "./attributeCode.ts";
import type { Code } from "./Code.ts";
import { call, callWithOptions, list, object } from "./Code.ts";
import { textsCode } from "./literalCode.ts";
import { optionalText } from "./optionalText.ts";
import { quoteText } from "./quoteText.ts";
import type { Style } from "./Style.ts";

/** `{ read: {}, create: { accept: ["title"] }, win: update({ ... }) }`; null where there are the standard ones alone. */
export function actionsCode({ actions, definedActions = [] }: Resource, style: Style): Code | null {
  if (actions.length === 4 && definedActions.length === 0) return null;
  const standard = actions.map((name): OptionCode => {
    const said = definedActions.find((action) => action.name === name);
    return [name, said ? object(actionOptionCodes(said, style)) : "{}"];
  });
  const named = definedActions.filter(({ name }) => !actions.some((action) => action === name));
  const code = object([...standard, ...named.map((action) => [action.name, namedActionCode(action, style)] as const)]);
  return definedActions.length === 0 ? code : { ...code, open: true };
}

function namedActionCode(action: Action, style: Style): Code {
  return callWithOptions(action.type, [], actionOptionCodes(action, style));
}

function actionOptionCodes(action: Action, style: Style): readonly OptionCode[] {
  const { accept, set, require, validations, where, upsert, describe } = action;
  const values = set?.map(({ field, expression }) => [field, quoteText(expression, style)] as const);
  return [
    ...(accept === undefined ? [] : [["accept", textsCode(accept, style)] as const]),
    ...(action.arguments === undefined ? [] : [["arguments", argumentsCode(action.arguments, style)] as const]),
    ...(values === undefined ? [] : [["set", object(values)] as const]),
    ...(require === undefined ? [] : [["require", requireCode(require, style)] as const]),
    ...(validations === undefined ? [] : [["validations", validationsCode(validations, style)] as const]),
    ...optionalText("where", where, style),
    ...(upsert === undefined ? [] : [["upsert", textsCode(upsert, style)] as const]),
    ...optionalText("describe", describe, style),
  ];
}

function requireCode(requirements: readonly Requirement[], style: Style): Code {
  const codes = requirements.map(({ expression, message }) => {
    const text = quoteText(expression, style);
    return message === undefined ? text : call("require", text, quoteText(message, style));
  });
  const [first] = codes;
  return codes.length === 1 && first !== undefined ? first : { ...list(codes), open: true };
}

export function validationsCode(validations: readonly Validation[], style: Style): Code {
  return { ...list(validations.map((validation) => validationCode(validation, style))), open: true };
}

/** `check("price > 0", { message: "...", field: "price" })` */
function validationCode({ expression, message, field, when, actions }: Validation, style: Style): Code {
  return callWithOptions(
    "check",
    [quoteText(expression, style)],
    [
      ["message", quoteText(message, style)],
      ...optionalText("field", field, style),
      ...optionalText("when", when, style),
      ...(actions === undefined ? [] : [["on", textsCode(actions, style)] as const]),
    ],
  );
}
