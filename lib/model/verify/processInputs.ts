import { actionsOf } from "../actions/actionsOf.ts";
import { writableFields } from "../actions/writableFields.ts";
import { resourceNamed } from "../expressions/resourceAlong.ts";
import { foreignKeyField } from "../naming/foreignKeyField.ts";
import { allSteps } from "../processes/stepsWithin.ts";
import type { ActionStep, Process, Start, Step } from "../processTypes.ts";
import type { Action, Argument, Model, Resource } from "../types.ts";
import { nameHint } from "./nameHint.ts";
import type { Finding, Rule } from "./Rule.ts";
import { problemAt } from "./Rule.ts";

/** What a start or a step gives can be taken, and all that is required is given. */
export const processInputs: Rule = (draft, places) => {
  if (places.unread.size > 0) return [];
  return (draft.processes ?? [])
    .flatMap((process) => [
      ...(process.starts ?? []).flatMap((start, index) => startFindings(process, start, index)),
      ...allSteps(process).flatMap((step) =>
        stepFindings(draft, step, ["processes", process.name, "steps", step.name]),
      ),
    ])
    .map((finding) => problemAt(places, finding));
};

type Given = readonly { readonly name: string }[];

function startFindings(process: Process, start: Start, index: number): readonly Finding[] {
  // Whoever calls gives the inputs; they are asked for then.
  if (start.kind === "call") return [];
  const path = ["processes", process.name, "starts", String(index)];
  return argumentFindings(process.input ?? [], start.input ?? [], { path, what: "an input" });
}

function stepFindings(model: Model, step: Step, path: readonly string[]): readonly Finding[] {
  switch (step.kind) {
    case "action":
      return actionFindings(model, step, path);
    case "select": {
      const resource = resourceNamed(model, step.resource);
      const action = resource && actionsOf(resource).find(({ name }) => name === (step.action ?? "read"));
      return required(action?.arguments ?? [], step.arguments ?? [], { path, what: "an argument" });
    }
    case "function": {
      const found = model.functions?.find(({ name }) => name === step.function);
      return found ? argumentFindings(found.parameters, step.input ?? [], { path, what: "a parameter" }) : [];
    }
    case "process": {
      const found = model.processes?.find(({ name }) => name === step.process);
      return found ? argumentFindings(found.input ?? [], step.input ?? [], { path, what: "an input" }) : [];
    }
    default:
      return [];
  }
}

interface At {
  readonly path: readonly string[];
  /** With its article: `an input`. */
  readonly what: string;
}

function argumentFindings(declared: readonly Argument[], given: Given, at: At): readonly Finding[] {
  const names = declared.map(({ name }) => name);
  const unknown = given.flatMap(({ name }) => {
    if (names.includes(name)) return [];
    const message = `There is no ${bare(at.what)} \`${name}\`. ${nameHint(name, names, "Take it out.")}`;
    return [{ code: "unknown_argument", path: [...at.path, "input", name], message }];
  });
  return [...unknown, ...required(declared, given, at)];
}

function required(declared: readonly Argument[], given: Given, { path, what }: At): readonly Finding[] {
  return declared.flatMap((argument) => {
    if (!argument.required || argument.default || given.some(({ name }) => name === argument.name)) return [];
    const message = `\`${argument.name}\` is ${what} that must be given, and has no default. Give it here.`;
    return [{ code: "missing_input", path, message }];
  });
}

function bare(what: string): string {
  return what.replace(/^an? /, "");
}

function actionFindings(model: Model, step: ActionStep, path: readonly string[]): readonly Finding[] {
  const resource = resourceNamed(model, step.resource);
  const action = resource && actionsOf(resource).find(({ name }) => name === step.action);
  if (!resource || !action || action.type === "read") return [];
  const given = step.input ?? [];
  const fields = acceptedFields(resource, action);
  const names = [...fields, ...(action.arguments ?? []).map(({ name }) => name)];
  const missing = action.type === "create" ? missingFields(resource, action, given) : [];
  return [
    ...given.flatMap(({ name }) => refused(resource, name, { action, names, path: [...path, "input", name] })),
    ...required(action.arguments ?? [], given, { path, what: "an argument" }),
    ...missing.map((name) => ({
      code: "missing_input",
      path,
      message: `\`${name}\` of ${resource.name} must be given, and has no default. Give it here.`,
    })),
  ];
}

function refused(
  resource: Resource,
  name: string,
  {
    action,
    names,
    path,
  }: { readonly action: Action; readonly names: readonly string[]; readonly path: readonly string[] },
): readonly Finding[] {
  const attribute = resource.attributes.find((candidate) => candidate.name === name);
  if (attribute?.type.kind === "file") {
    const message = "A file is sent by whoever has it; a process cannot give one. Take it out.";
    return [{ code: "not_settable", path, message }];
  }
  if (names.includes(name)) return [];
  const reference = resource.relationships.find(
    (relationship) => relationship.kind === "belongsTo" && foreignKeyField(relationship) === name,
  );
  if (reference && names.includes(reference.name)) {
    return [{ code: "unknown_field", path, message: `Write \`${reference.name}\` here; it takes the key.` }];
  }
  const hint = nameHint(name, names, "Take it out.");
  const message = `\`${action.name}\` of ${resource.name} does not take \`${name}\`. ${hint}`;
  return [{ code: "unknown_field", path, message }];
}

/** Fields that callers of an action set. */
function acceptedFields(resource: Resource, { name, type, accept }: Action): readonly string[] {
  if (type !== "create" && type !== "update") return [];
  return accept ?? (name === type ? writableFields(resource, type) : []);
}

/** Fields that nothing but the caller gives a value. */
function missingFields(resource: Resource, action: Action, given: Given): readonly string[] {
  const accepted = acceptedFields(resource, action);
  const sets = (action.set ?? []).map(({ field }) => field);
  const { attributes, relationships } = resource;
  const needed = [
    ...attributes.filter(({ required: needs, default: value, type }) => needs && !value && type.kind !== "sequence"),
    ...relationships.filter((relationship) => relationship.kind === "belongsTo" && relationship.required),
  ].map(({ name }) => name);
  return needed.filter(
    (name) => accepted.includes(name) && !sets.includes(name) && !given.some((one) => one.name === name),
  );
}
