import { actionsOf, isStandardAction } from "../actions/actionsOf.ts";
import type { Attribute, Resource, States } from "../types.ts";
import { eachResource } from "./eachResource.ts";
import { nameHint } from "./nameHint.ts";
import type { Finding, Rule } from "./Rule.ts";

/** States are the options of a choice, each can be reached, and transitions alone change it. */
export const states: Rule = eachResource((resource) => (resource.states ? findings(resource, resource.states) : []));

function findings(resource: Resource, { attribute: name, transitions }: States): readonly Finding[] {
  const path = [resource.name, "states"];
  const attribute = resource.attributes.find((candidate) => candidate.name === name);
  if (attribute?.type.kind !== "choice") {
    const names = resource.attributes.filter(({ type }) => type.kind === "choice").map((one) => one.name);
    const reason = attribute ? `\`${name}\` is no choice.` : `\`${resource.name}\` has no attribute \`${name}\`.`;
    const message = `${reason} ${nameHint(name, names, "Name a choice whose options are the states.")}`;
    return [{ code: "states", path: [...path, "attribute"], message }];
  }
  const options = attribute.type.options.map((option) => option.name);
  const unknown = transitions.flatMap(({ action, from, to }) =>
    [...from, to]
      .filter((state) => !options.includes(state))
      .map((state) => {
        const message = `\`${name}\` has no option \`${state}\`. ${nameHint(state, options, "Name one of its options.")}`;
        return { code: "unknown_state", path: [...path, "transitions", action, "to"], message };
      }),
  );
  return [
    ...unknown,
    ...wrongActions(resource, { attribute: name, transitions }),
    ...(unknown.length === 0 ? unreachable(attribute, { attribute: name, transitions }, path) : []),
    ...writers(resource, { attribute: name, transitions }),
  ];
}

function wrongActions(resource: Resource, { transitions }: States): readonly Finding[] {
  const actions = new Map(actionsOf(resource).map((action) => [action.name, action]));
  return transitions.flatMap(({ action, from }) => {
    const path = [resource.name, "states", "transitions", action];
    if (isStandardAction(action)) {
      return [
        { code: "states", path, message: `\`${action}\` makes no transition. Give the transition a name of its own.` },
      ];
    }
    const type = actions.get(action)?.type;
    if (type !== undefined && type !== "update") {
      const message = `\`${action}\` is of the type \`${type}\`; only an update makes a transition. Write \`update({ ... })\`.`;
      return [{ code: "states", path, message }];
    }
    const twice = from.find((state, index) => from.indexOf(state) < index);
    return twice === undefined
      ? []
      : [{ code: "duplicate_name", path: [...path, "from"], message: `\`${twice}\` is here twice. Remove one.` }];
  });
}

/** Options that no record can come to: not those a record starts with. */
function unreachable(attribute: Attribute, { transitions }: States, path: readonly string[]): readonly Finding[] {
  if (attribute.type.kind !== "choice" || transitions.length === 0) return [];
  const start = attribute.default?.kind === "literal" ? [attribute.default.value] : [];
  if (start.length === 0) return [];
  const reached = new Set<unknown>([...start, ...transitions.map(({ to }) => to)]);
  return attribute.type.options
    .filter(({ name }) => !reached.has(name))
    .map(({ name }) => ({
      code: "unreachable_state",
      severity: "warning",
      path: [...path, "transitions"],
      message: `No transition leads to \`${name}\`, and no record starts with it. Add one or remove the option.`,
    }));
}

/** Actions that would change the attribute past its transitions. */
function writers({ name: of, definedActions = [] }: Resource, { attribute, transitions }: States): readonly Finding[] {
  return definedActions.flatMap((action) => {
    const path = [of, "actions", action.name];
    const accepted = action.type === "update" && action.accept?.includes(attribute);
    const set = action.type === "update" && action.set?.find(({ field }) => field === attribute);
    const own = transitions.filter((transition) => transition.action === action.name);
    const agrees =
      set && own.some(({ to }) => set.expression.trim() === `'${to}'` || set.expression.trim() === `"${to}"`);
    const message = `Only its transitions change \`${attribute}\`. Take it out here${own.length === 0 ? ", or make this action a transition" : ""}.`;
    return [
      ...(accepted ? [{ code: "states", path: [...path, "accept"], message }] : []),
      ...(set && !agrees ? [{ code: "states", path: [...path, "set", attribute], message }] : []),
    ];
  });
}
