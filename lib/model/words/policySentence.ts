import type { Expression } from "../../expression/Expression.ts";
import { describeExpression } from "../../expression/words/describeExpression.ts";
import { actionsNamed, sharedArguments } from "../expressions/actionsNamed.ts";
import { spokenName } from "../naming/spokenName.ts";
import type { FieldPolicy, Model, Policy, Resource } from "../types.ts";
import { expressionWords, treeOf } from "./expressionWords.ts";
import { sentenceList, withArticle } from "./sentenceList.ts";

/** A policy as a sentence without its full stop: `Everyone whose role is manager may read deals`. */
export function policySentence(resource: Resource, policy: Policy, model: Model): string {
  const { effect, actions, expression: text } = policy;
  const said = { resource: resource.name, text, arguments: sharedArguments(actionsNamed(resource, actions)) };
  const tree = treeOf(model, said);
  const many = spokenName(resource.plural);
  const single = withArticle(spokenName(resource.name));
  const [subject, last, where] = effect === "allow" ? ["Everyone", "and", "if"] : ["Nobody", "or", "while"];
  if (isAlways(tree)) return `${subject} may ${doing(actions, many, last)}`;
  const { who, rest } = circleIn(tree);
  if (!rest && who !== "") return `${subject}${who} may ${doing(actions, many, last)}`;
  const restWords = rest ? describeExpression(rest, "") : "`";
  if (who === "" || restWords.includes("`")) {
    return `${subject} may ${doing(actions, single, last)} ${where} ${itsOwn(expressionWords(model, said))}`;
  }
  return `${subject}${who} may ${doing(actions, single, last)} ${where} ${itsOwn(restWords)}`;
}

/** Whom a condition is about, and what else must be so: `'sales' in actor.roles && owner == actor.id`. */
function circleIn(tree: Expression | null): { readonly who: string; readonly rest: Expression | null } {
  if (!tree) return { who: "", rest: null };
  const whole = circleOf(tree);
  if (whole !== "") return { who: whole, rest: null };
  if (tree.kind !== "operation" || tree.operator !== "and") return { who: "", rest: tree };
  const [first, ...others] = tree.operands;
  const [second] = others;
  const who = first ? circleOf(first) : "";
  if (who === "" || !second) return { who: "", rest: tree };
  return { who, rest: others.length === 1 ? second : { ...tree, operands: others } };
}

function circleOf(tree: Expression): string {
  const roles = rolesIn(tree);
  if (roles) return ` whose role is ${sentenceList(roles, "or")}`;
  if (isSignedIn(tree)) return " who is signed in";
  return hasAnyRole(tree) ? " who has a role" : "";
}

/** `size(actor.roles) > 0`. */
function hasAnyRole(tree: Expression): boolean {
  if (tree.kind !== "operation" || tree.operator !== "greater") return false;
  const [size, least] = tree.operands;
  const counted = size?.kind === "operation" && size.operands.length === 1 ? size.operands[0] : undefined;
  const isOfRoles = counted?.kind === "context" && counted.path.join(".") === "actor.roles";
  return isOfRoles && least?.kind === "literal" && String(least.value) === "0";
}

/** `actor.kind == 'user'`. */
function isSignedIn(tree: Expression): boolean {
  if (tree.kind !== "operation" || tree.operator !== "equal") return false;
  const [asked, value] = tree.operands;
  const isKind = asked?.kind === "context" && asked.path.join(".") === "actor.kind";
  return isKind && value?.kind === "literal" && value.value === "user";
}

/** What a policy of fields says, a sentence for reading and one for writing. */
export function fieldPolicySentences(resource: Resource, policy: FieldPolicy, model: Model): readonly string[] {
  const { fields, read, write } = policy;
  const names = `the ${sentenceList(fields.map(spokenName))}`;
  const sentence = (verb: "read" | "write", text: string | undefined): readonly string[] => {
    if (text === undefined) return [];
    const said = { resource: resource.name, text };
    const tree = treeOf(model, said);
    const roles = tree && rolesIn(tree);
    const many = spokenName(resource.plural);
    if (roles) return [`Only those whose role is ${sentenceList(roles, "or")} may ${verb} ${names} of ${many}`];
    if (tree && isSignedIn(tree)) return [`Only those who are signed in may ${verb} ${names} of ${many}`];
    if (isAlways(tree)) return [`Whoever may ${verb} ${many} may ${verb} ${names}`];
    const of = `${names} of ${withArticle(spokenName(resource.name))}`;
    return [
      `${of.charAt(0).toUpperCase()}${of.slice(1)} may be ${verb === "read" ? "read" : "written"} only if ${itsOwn(expressionWords(model, said))}`,
    ];
  };
  return [...sentence("read", read), ...sentence("write", write)];
}

/** `create and update deals`; `do anything with deals`. */
function doing(actions: readonly string[], object: string, last: string): string {
  if (actions.includes("*")) return `do anything with ${object}`;
  return `${sentenceList(actions.map(spokenName), last)} ${object}`;
}

/** The roles that an expression asks for, where it asks for nothing else. */
function rolesIn(tree: Expression): readonly string[] | null {
  if (tree.kind !== "operation") return null;
  const [first, second] = tree.operands;
  switch (tree.operator) {
    case "or": {
      const all = tree.operands.map(rolesIn);
      const roles = all.flatMap((one) => one ?? []);
      return all.some((one) => one === null) ? null : [...new Set(roles)];
    }
    case "equal":
      return first && second ? (roleIn(first, second, "role") ?? roleIn(second, first, "role")) : null;
    case "in":
      return first && second ? (roleIn(second, first, "roles") ?? rolesListed(first, second)) : null;
    default:
      return null;
  }
}

function roleIn(asked: Expression, value: Expression, of: "role" | "roles"): readonly string[] | null {
  const isRole = asked.kind === "context" && asked.path[0] === "actor" && asked.path[1] === of;
  return isRole && value.kind === "literal" && typeof value.value === "string" ? [value.value] : null;
}

/** `actor.role in ['manager', 'sales']`. */
function rolesListed(asked: Expression, list: Expression): readonly string[] | null {
  if (asked.kind !== "context" || asked.path[0] !== "actor" || asked.path[1] !== "role") return null;
  const values =
    list.kind === "literal"
      ? list.value
      : list.kind === "operation" && list.operator === "list"
        ? list.operands.map((one) => (one.kind === "literal" ? one.value : null))
        : null;
  if (!Array.isArray(values)) return null;
  const names = values.filter((value) => typeof value === "string");
  return names.length > 0 && names.length === values.length ? names : null;
}

function isAlways(tree: Expression | null): boolean {
  return tree?.kind === "literal" && tree.value === true;
}

/** Words about a record that was just named: `the stage is won` to `its stage is won`. */
function itsOwn(words: string): string {
  return words.replace(/^the (?!person asking|[\w' ]+ of the person asking)/, "its ");
}
