import { actionsOf } from "../actions/actionsOf.ts";
import { resourceNamed } from "../expressions/resourceAlong.ts";
import { storedAttributes } from "../features/storedAttributes.ts";
import { foreignKeyField } from "../naming/foreignKeyField.ts";
import { plainFields } from "../processes/plainFields.ts";
import { allSteps } from "../processes/stepsWithin.ts";
import type { ChangeStart, Process, SelectStep, Step } from "../processTypes.ts";
import type { Model, Resource } from "../types.ts";
import { nameHint } from "./nameHint.ts";
import type { Finding, Rule } from "./Rule.ts";
import { problemAt } from "./Rule.ts";

/** Processes speak of resources, actions, fields, functions, processes and connections that are there. */
export const processTargets: Rule = (draft, places) =>
  (draft.processes ?? [])
    .flatMap((process) => [
      ...startFindings(draft, process),
      ...allSteps(process).flatMap((step) =>
        stepFindings(draft, step, ["processes", process.name, "steps", step.name]),
      ),
    ])
    // What a file says that could not be read is unknown, not missing.
    .filter(() => places.unread.size === 0)
    .map((finding) => problemAt(places, finding));

function startFindings(model: Model, { name, starts = [] }: Process): readonly Finding[] {
  return starts.flatMap((start, index) =>
    start.kind === "change" ? changeFindings(model, start, ["processes", name, "starts", String(index)]) : [],
  );
}

function changeFindings(model: Model, start: ChangeStart, path: readonly string[]): readonly Finding[] {
  const resource = resourceNamed(model, start.resource);
  if (!resource) return unknownResource(model, start.resource, path);
  const fields = changeableFields(resource);
  return [
    ...changeActions(resource, start.actions ?? [], path),
    ...(start.fields ?? []).flatMap((field, index) =>
      unknownField(resource, field, { names: fields, path: [...path, "fields", String(index)] }),
    ),
  ];
}

/** Fields whose change can be told: also those whose values processes do not see. */
function changeableFields(resource: Resource): readonly string[] {
  return [
    ...storedAttributes(resource).map(({ name }) => name),
    ...resource.relationships.flatMap((relationship) => {
      if (relationship.kind === "belongsTo") return [foreignKeyField(relationship)];
      return relationship.kind === "manyToMany" && relationship.through === undefined ? [relationship.name] : [];
    }),
  ];
}

function changeActions(resource: Resource, actions: readonly string[], path: readonly string[]): readonly Finding[] {
  const changing = actionsOf(resource).filter(({ type }) => type !== "read");
  const names = [...new Set(["create", "update", "destroy", ...changing.map(({ name }) => name)])];
  return actions.flatMap((name, index) => {
    if (names.includes(name)) return [];
    const message = `\`${resource.name}\` has no action \`${name}\` that changes records. ${nameHint(name, names, "Name one.")}`;
    return [{ code: "unknown_action", path: [...path, "actions", String(index)], message }];
  });
}

function stepFindings(model: Model, step: Step, path: readonly string[]): readonly Finding[] {
  switch (step.kind) {
    case "action":
    case "find":
    case "select":
    case "waitFor": {
      const resource = resourceNamed(model, step.resource);
      return resource ? recordFindings(model, resource, { step, path }) : unknownResource(model, step.resource, path);
    }
    case "function": {
      const names = (model.functions ?? []).map(({ name }) => name);
      return unknown("function", step.function, { names, path });
    }
    case "process": {
      const names = (model.processes ?? []).map(({ name }) => name);
      return unknown("process", step.process, { names, path });
    }
    case "request":
      return step.connection === undefined
        ? []
        : connectionFindings(model, { name: step.connection, kind: "http", path });
    case "ask":
      return connectionFindings(model, { name: step.connection, kind: "model", path });
    default:
      return [];
  }
}

type RecordStep = Extract<Step, { kind: "action" | "find" | "select" | "waitFor" }>;

function recordFindings(
  model: Model,
  resource: Resource,
  { step, path }: { readonly step: RecordStep; readonly path: readonly string[] },
): readonly Finding[] {
  switch (step.kind) {
    case "find":
      return [];
    case "waitFor":
      return changeActions(resource, step.actions ?? [], path);
    case "select":
      return selectFindings(model, resource, { step, path });
    case "action": {
      const changing = actionsOf(resource).filter(({ type }) => type !== "read");
      const action = changing.find(({ name }) => name === step.action);
      if (!action) {
        const names = changing.map(({ name }) => name);
        const hint = nameHint(step.action, names, "Name one of its actions.");
        const message = `\`${resource.name}\` has no action \`${step.action}\` that changes records. ${hint}`;
        return [{ code: "unknown_action", path: [...path, "action"], message }];
      }
      const isCreate = action.type === "create";
      if (isCreate && step.key !== undefined) {
        const message = "A record that is created has no key yet. Leave `key` out.";
        return [{ code: "unneeded_key", path: [...path, "key"], message }];
      }
      if (isCreate || step.key !== undefined) return [];
      return [{ code: "missing_option", path: [...path, "action"], message: 'Say of which record: `key: "..."`.' }];
    }
  }
}

function selectFindings(
  model: Model,
  resource: Resource,
  { step, path }: { readonly step: SelectStep; readonly path: readonly string[] },
): readonly Finding[] {
  const reads = actionsOf(resource).filter(({ type }) => type === "read");
  const action = reads.find(({ name }) => name === (step.action ?? "read"));
  const names = [...new Set(["read", ...reads.map(({ name }) => name)])];
  const fields = plainFields(model, resource).map(({ name }) => name);
  const belongsTo = resource.relationships.flatMap(({ kind, name }) => (kind === "belongsTo" ? [name] : []));
  const given = (action?.arguments ?? []).map(({ name }) => name);
  return [
    ...(step.action === undefined || action ? [] : unknownRead(resource, step.action, { names, path })),
    ...(step.arguments ?? []).flatMap(({ name }) =>
      unknownArgument(name, { names: given, path: [...path, "arguments", name] }),
    ),
    ...(step.where ?? []).flatMap(({ name }) =>
      unknownField(resource, name, { names: [...fields, ...belongsTo], path: [...path, "where", name] }),
    ),
    ...(step.order ?? []).flatMap(({ name }, index) =>
      unknownField(resource, name, { names: fields, path: [...path, "order", String(index)] }),
    ),
  ];
}

interface Among {
  readonly names: readonly string[];
  readonly path: readonly string[];
}

function unknownRead(resource: Resource, action: string, { names, path }: Among): readonly Finding[] {
  const hint = nameHint(action, names, "Name one that reads.");
  const message = `\`${resource.name}\` has no action \`${action}\` that reads. ${hint}`;
  return [{ code: "unknown_action", path: [...path, "action"], message }];
}

function unknownArgument(name: string, { names, path }: Among): readonly Finding[] {
  if (names.includes(name)) return [];
  const hint = nameHint(name, names, "Take it out.");
  return [{ code: "unknown_argument", path, message: `There is no argument \`${name}\`. ${hint}` }];
}

function unknownField(resource: Resource, name: string, { names, path }: Among): readonly Finding[] {
  if (names.includes(name)) return [];
  const hint = nameHint(name, names, "Name one of its fields.");
  return [{ code: "unknown_field", path, message: `\`${resource.name}\` has no field \`${name}\` here. ${hint}` }];
}

function unknownResource(model: Model, name: string, path: readonly string[]): readonly Finding[] {
  const names = model.resources.map((resource) => resource.name);
  const message = `There is no resource \`${name}\`. ${nameHint(name, names, "Name a resource.")}`;
  return [{ code: "unknown_target", path: [...path, "resource"], message }];
}

function unknown(kind: "function" | "process", name: string, { names, path }: Among): readonly Finding[] {
  if (names.includes(name)) return [];
  const message = `There is no ${kind} \`${name}\`. ${nameHint(name, names, `Name a ${kind}.`)}`;
  return [{ code: "unknown_target", path: [...path, kind], message }];
}

function connectionFindings(
  { app }: Model,
  { name, kind, path }: { readonly name: string; readonly kind: "http" | "model"; readonly path: readonly string[] },
): readonly Finding[] {
  const fitting = (app.connections ?? []).filter((connection) => connection.kind === kind);
  const names = fitting.map((connection) => connection.name);
  if (names.includes(name)) return [];
  const other = (app.connections ?? []).some((connection) => connection.name === name);
  const said = other
    ? `The connection \`${name}\` is not of the kind \`${kind}\`.`
    : `There is no connection \`${name}\`.`;
  const hint = nameHint(name, names, `Write it into \`connections\` of gantry.config.ts as \`${kind}({ ... })\`.`);
  return [{ code: "unknown_target", path: [...path, "connection"], message: `${said} ${hint}` }];
}
