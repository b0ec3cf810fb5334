import { actionsOf } from "../../model/actions/actionsOf.ts";
import { graphqlForms, type RestForm, restForms } from "../../model/api/operationForms.ts";
import { changedField, historyField } from "../../model/naming/actionFields.ts";
import { restPath } from "../../model/naming/restPath.ts";
import type { Action, Resource } from "../../model/types.ts";
import { sentenceList } from "../../model/words/sentenceList.ts";
import type { ApiChange, ApiOperation } from "./ApiChange.ts";
import type { ResourcePair } from "./ApiPair.ts";
import { operationsAbout, operationsOf } from "./operationsOf.ts";

/** What became of the operations of a resource: their paths and names, and which there are. */
export function operationChanges({ before, after }: ResourcePair): readonly ApiChange[] {
  return [
    ...nameChanges(before, after),
    ...actionsOf(before).flatMap((action) => actionChanges(action, { before, after })),
    ...newActions({ before, after }),
    ...featureChanges({ before, after }),
  ];
}

function nameChanges(before: Resource, after: Resource): readonly ApiChange[] {
  const base = { severity: "breaking", resource: before.name, action: null, field: null } as const;
  const operations = operationsAbout(before);
  const [was, is] = [restPath(before), restPath(after)];
  const rest = operations.filter(({ protocol }) => protocol === "rest");
  const graphql = operations.filter(({ protocol }) => protocol === "graphql");
  const renamed = `${before.name} is now called ${after.name}; its types and operations of GraphQL have other names`;
  const moved = `/rest/v1/${was} is now /rest/v1/${is}; clients that ask for the old path find nothing`;
  return [
    ...(before.name === after.name
      ? []
      : [{ ...base, kind: "resourceRenamed", operations: graphql, sentence: renamed } as const]),
    ...(was === is || rest.length === 0
      ? []
      : [{ ...base, kind: "pathChanged", operations: rest, sentence: moved } as const]),
  ];
}

function actionChanges(action: Action, { before, after }: ResourcePair): readonly ApiChange[] {
  const operations = operationsOf(before, action);
  if (operations.length === 0) return [];
  const called = `${action.name} of ${before.name}`;
  const base = { severity: "breaking", resource: before.name, action: action.name, field: null } as const;
  const now = actionsOf(after).find(({ name }) => name === action.name);
  if (now?.type !== action.type) {
    const sentence = now ? `${called} is now ${now.type} instead of ${action.type}` : `${called} is gone`;
    return [{ ...base, kind: "operationRemoved", operations, sentence }];
  }
  return [
    ...protocolChanges(
      { ...base, called, operations: operations.filter(({ protocol }) => protocol === "rest") },
      {
        protocol: "REST",
        before: restForms(before, action).map((form) => relative(before, form)),
        after: restForms(after, now).map((form) => relative(after, form)),
      },
    ),
    ...protocolChanges(
      { ...base, called, operations: operations.filter(({ protocol }) => protocol === "graphql") },
      {
        protocol: "GraphQL",
        before: graphqlForms(before, action),
        after: graphqlForms(after, now),
        // With another name of the resource all its fields have other names, which is said once.
        isRenamed: before.name !== after.name,
      },
    ),
  ];
}

/** `PATCH /{id}`: without where the resource is. */
function relative(resource: Resource, { method, path }: RestForm): string {
  return `${method} ${path.slice(`/rest/v1/${restPath(resource)}`.length)}`;
}

interface Forms {
  readonly protocol: "REST" | "GraphQL";
  readonly before: readonly string[];
  readonly after: readonly string[];
  readonly isRenamed?: boolean;
}

interface Concerned extends Pick<ApiChange, "severity" | "resource" | "action" | "field"> {
  readonly called: string;
  readonly operations: readonly ApiOperation[];
}

function protocolChanges(
  { called, ...base }: Concerned,
  { protocol, before, after, isRenamed = false }: Forms,
): readonly ApiChange[] {
  const gone = before.filter((form) => !after.includes(form));
  if (gone.length === 0) return [];
  if (after.length === 0)
    return [{ ...base, kind: "operationHidden", sentence: `${called} is no longer in ${protocol}` }];
  const come = after.filter((form) => !before.includes(form));
  const lost = isRenamed ? before.length > after.length : come.length < gone.length;
  if (isRenamed && !lost) return [];
  const names = (forms: readonly string[]) => sentenceList(forms.map((form) => form.trim()));
  const sentence = lost
    ? `${called} is in ${protocol} no longer offered as ${names(gone)}`
    : `${called} is in ${protocol} now ${names(come)}; it was ${names(gone)}`;
  return [{ ...base, kind: lost ? "operationRemoved" : "operationRenamed", sentence }];
}

function newActions({ before, after }: ResourcePair): readonly ApiChange[] {
  return actionsOf(after).flatMap((action): readonly ApiChange[] => {
    const old = actionsOf(before).find(({ name }) => name === action.name);
    if (old?.type === action.type && operationsOf(before, old).length > 0) return [];
    if (operationsOf(after, action).length === 0) return [];
    const sentence = `${action.name} of ${after.name} is new`;
    const about = { resource: before.name, action: action.name, field: null, operations: [] };
    return [{ kind: "operationAdded", severity: "compatible", ...about, sentence }];
  });
}

function featureChanges({ before, after }: ResourcePair): readonly ApiChange[] {
  const [old, now] = [before.features ?? {}, after.features ?? {}];
  const base = { severity: "breaking", resource: before.name, action: null, field: null } as const;
  const path = `/rest/v1/${restPath(before)}`;
  const read = { resource: before.name, action: "read" };
  const gone = (operations: readonly ApiOperation[], what: string): ApiChange => {
    return { ...base, kind: "featureRemoved", operations, sentence: `${before.name} no longer has ${what}` };
  };
  const required = now.versioned?.required === true && old.versioned?.required !== true;
  return [
    ...(old.history && !now.history
      ? [
          gone(
            [
              { ...read, protocol: "rest", name: `GET ${path}/{id}/history` },
              { ...read, protocol: "graphql", name: `Query.${historyField(before)}` },
            ],
            "a history; its path and its field are gone",
          ),
        ]
      : []),
    ...(old.changeFeed && !now.changeFeed
      ? [
          gone(
            [
              { ...read, protocol: "rest", name: "GET /events" },
              { ...read, protocol: "graphql", name: `Subscription.${changedField(before)}` },
            ],
            "a change feed; those who listen hear nothing",
          ),
        ]
      : []),
    ...(old.search && !now.search ? [gone(operationsAbout(before), "full-text search")] : []),
    ...(old.softDelete && !now.softDelete
      ? [gone(operationsAbout(before), "destroyed records that can be listed")]
      : []),
    ...(required
      ? [
          {
            ...base,
            kind: "inputRequired",
            operations: actionsOf(before)
              .filter(({ type }) => type === "update" || type === "destroy")
              .flatMap((action) => operationsOf(before, action)),
            sentence: `Whoever changes one ${before.name} must now say which version of it they saw`,
          } as const,
        ]
      : []),
  ];
}
