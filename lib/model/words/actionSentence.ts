import { spokenName } from "../naming/spokenName.ts";
import type { Action, Model, Resource, Transition } from "../types.ts";
import { capital } from "./capital.ts";
import { expressionWords } from "./expressionWords.ts";
import { sentenceList, withArticle } from "./sentenceList.ts";

/** What an action does, in one sentence: `Win a deal: takes closed on, sets the stage to won, only if the amount is greater than 0.` */
export function actionSentence(model: Model, resource: Resource, action: Action): string {
  const which = action.where === undefined ? "" : ` for which ${saidOf(model, resource, action)(action.where)}`;
  const parts = [
    taken(action),
    ...settings(model, resource, action),
    ...moves(model, resource, action),
    ...conditions(model, resource, action),
  ].filter((part) => part !== null);
  const head = `${actionHead(resource, action)}${which}`;
  const sentence = parts.length === 0 ? head : `${head}${action.type === "read" ? "," : ":"} ${parts.join(", ")}`;
  return `${capital(sentence)}.`;
}

/** `win a deal`; a name of several words, and that of a read, stands by itself. */
function actionHead({ name: of, plural }: Resource, { name, type, where }: Action): string {
  const verb = name === "destroy" ? "delete" : spokenName(name);
  const many = spokenName(plural);
  if (type === "read")
    return name === "read" ? `read ${many}` : `${verb}: ${where === undefined ? `all ${many}` : many}`;
  return verb.includes(" ") ? `${verb} (${spokenName(of)})` : `${verb} ${withArticle(spokenName(of))}`;
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

function conditions(model: Model, resource: Resource, action: Action): readonly string[] {
  const { require = [], validations = [], upsert } = action;
  const said = saidOf(model, resource, action);
  const needed = require.map(({ expression }) => said(expression));
  const checks = validations.length === 1 ? "a check" : `${validations.length} checks`;
  return [
    ...(upsert === undefined ? [] : [`or changes the one that has the same ${sentenceList(upsert.map(spokenName))}`]),
    ...(needed.length === 0 ? [] : [`only if ${sentenceList(needed)}`]),
    ...(validations.length === 0 ? [] : [`with ${checks} of the result`]),
  ];
}

function saidOf(model: Model, { name: resource }: Resource, { arguments: given = [] }: Action) {
  return (text: string) => expressionWords(model, { resource, text, arguments: given });
}
