import { spokenName } from "../naming/spokenName.ts";
import type { Action, Model, Resource, Transition } from "../types.ts";
import { expressionWords } from "./expressionWords.ts";
import { sentenceList, withArticle } from "./sentenceList.ts";

/** What an action does, in one sentence: `Win a deal: takes closed on, sets the stage to won, only if the amount is greater than 0.` */
export function actionSentence(model: Model, resource: Resource, action: Action): string {
  const parts = [
    taken(action),
    ...settings(model, resource, action),
    ...moves(model, resource, action),
    ...conditions(model, resource, action),
  ].filter((part) => part !== null);
  const head = `${actionHead(resource, action)}${parts.length === 0 ? "" : `: ${parts.join(", ")}`}`;
  return `${head.charAt(0).toUpperCase()}${head.slice(1)}.`;
}

function actionHead({ name: of, plural }: Resource, { name, type }: Action): string {
  const verb = name === "destroy" ? "delete" : spokenName(name);
  return type === "read" ? `${verb} ${spokenName(plural)}` : `${verb} ${withArticle(spokenName(of))}`;
}

function taken({ name, type, accept, arguments: given = [] }: Action): string | null {
  const isOpen = accept === undefined && name === type && (type === "create" || type === "update");
  const names = [...(accept ?? []), ...given.map((one) => one.name)].map(spokenName);
  if (isOpen)
    return names.length === 0
      ? "takes all that can be written"
      : `takes all that can be written and ${sentenceList(names)}`;
  return names.length === 0 ? null : `takes ${sentenceList(names)}`;
}

function settings(
  model: Model,
  { name: resource }: Resource,
  { set = [], arguments: given = [] }: Action,
): readonly string[] {
  return set.map(({ field, expression }) => {
    const words = expressionWords(model, { resource, text: expression, arguments: given });
    return `sets the ${spokenName(field)} to ${quoted(words)}`;
  });
}

/** `“won”` of a choice is just `won`. */
function quoted(words: string): string {
  return words.replace(/^`'([A-Za-z_][\w ]*)'`$/, "$1").replace(/^“([A-Za-z_][\w ]*)”$/, "$1");
}

function moves(model: Model, resource: Resource, { name }: Action): readonly string[] {
  const { states } = resource;
  return (states?.transitions ?? [])
    .filter(({ action }) => action === name)
    .map(
      (transition) =>
        `moves the ${spokenName(states?.attribute ?? "")} ${transitionWay(transition)}${guard(model, resource, transition)}`,
    );
}

/** `from won or lost to lead`. */
export function transitionWay({ from, to }: Transition): string {
  return `from ${from.length === 0 ? "any" : sentenceList(from.map(spokenName), "or")} to ${spokenName(to)}`;
}

function guard(model: Model, { name: resource }: Resource, { when }: Transition): string {
  return when === undefined ? "" : ` if ${expressionWords(model, { resource, text: when })}`;
}

function conditions(model: Model, { name: resource }: Resource, action: Action): readonly string[] {
  const { require = [], validations = [], where, upsert, arguments: given = [] } = action;
  const said = (text: string) => expressionWords(model, { resource, text, arguments: given });
  const needed = require.map(({ expression }) => said(expression));
  return [
    ...(where === undefined ? [] : [`those for which ${said(where)}`]),
    ...(upsert === undefined ? [] : [`or changes the one that has the same ${sentenceList(upsert.map(spokenName))}`]),
    ...(needed.length === 0 ? [] : [`only if ${sentenceList(needed)}`]),
    ...(validations.length === 0
      ? []
      : [`with ${validations.length === 1 ? "a check" : `${validations.length} checks`} of the result`]),
  ];
}
