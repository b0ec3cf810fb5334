import { AppError } from "#lib/errors/AppError.ts";
import { identities } from "#lib/model/actions/identities.ts";
import { restPath } from "#lib/model/naming/restPath.ts";
import type { Action } from "#lib/model/types.ts";
import type { Entity } from "#lib/plan/catalog/Catalog.ts";
import type { Selection, WritePlan } from "#lib/plan/types.ts";
import { planUpsert } from "#lib/plan/write/planUpsert.ts";
import { planCreate, planCreateMany, planDestroy, planUpdate } from "#lib/plan/write/planWrite.ts";
import { splitUpsert } from "#lib/plan/write/splitUpsert.ts";
import type { WriteContext } from "#lib/plan/write/WriteContext.ts";
import { type Answer, emptyAnswer, jsonAnswer } from "../http/Answer.ts";
import { readJsonBody, readOptionalBody } from "./body.ts";
import { sendsCsv } from "./csv/asksCsv.ts";
import { importCsv } from "./csv/importCsv.ts";
import { asCondition, refuseVersions, wantsNew } from "./features/conditions.ts";
import { expectedVersion, versionHeader } from "./features/versions.ts";
import { keyOfObject } from "./keyOfObject.ts";
import { type Preferences, readPreferences } from "./preferences.ts";
import { queryWithout } from "./query/queryWithout.ts";
import { type RestCall, restRoot } from "./RestCall.ts";
import { noSuchRecord } from "./refusals.ts";

const keyAlone: Selection = [{ kind: "field", as: "id", field: "id" }];
const keyAndVersion: Selection = [...keyAlone, { kind: "field", as: "version", field: "version" }];

/** `POST` of one object or of a list, by the standard create or a named one. */
export async function create(call: RestCall, entity: Entity, action?: string): Promise<Answer> {
  const { request } = call;
  if (action === undefined && sendsCsv(request.headers)) return importCsv(call, entity, null);
  const preferences = readPreferences(request);
  const context = contextOf(call, { entity, preferences, query: request.query, action });
  const input = action === undefined ? await readJsonBody(request) : await readOptionalBody(request);
  if (Array.isArray(input)) {
    if (context.selection.some(({ kind }) => kind !== "field")) {
      throw new AppError("invalid_request", "Related records can be included when records are created one by one.");
    }
    if (action !== undefined) throw new AppError("invalid_request", "This action takes one object.");
    const made = await change(call, planCreateMany(input, context), preferences);
    return answer(201, made ?? noSuchRecord(entity), { preferences });
  }
  const plan = planCreate(input, context);
  const made = (await change(call, plan, preferences)) ?? noSuchRecord(entity);
  if (plan.shape.kind === "upsert") return upserted(call, made, { entity, preferences });
  return created(call, made, { entity, preferences });
}

function created(call: RestCall, json: Uint8Array, { entity, preferences }: Changed): Answer {
  const headers = locationOf(call, entity, json);
  return answer(201, json, { preferences, headers, entity });
}

/** `PUT` by a unique field or group: creates the record, or changes the one that is there, unless it must not be. */
export async function upsert(call: RestCall, entity: Entity): Promise<Answer> {
  const { request } = call;
  const { query, taken } = queryWithout(request.query, ["by"]);
  const by = identityOf(entity, taken.get("by"));
  refuseVersions(request);
  if (sendsCsv(request.headers)) return importCsv(call, entity, by);
  const preferences = readPreferences(request);
  const context = contextOf(call, { entity, preferences, query });
  const input = await readJsonBody(request);
  if (wantsNew(request)) {
    const made = await change(call, planCreate(input, context), preferences).catch((error: unknown) => {
      throw asCondition(error, by);
    });
    return created(call, made ?? noSuchRecord(entity), { entity, preferences });
  }
  const made = await change(call, planUpsert(by, input, context), preferences);
  return upserted(call, made ?? noSuchRecord(entity), { entity, preferences });
}

interface Changed {
  readonly entity: Entity;
  readonly preferences: Preferences;
}

/** 201 for what was created, 200 for what was changed. */
function upserted(call: RestCall, json: Uint8Array, { entity, preferences }: Changed): Answer {
  const { created, record } = splitUpsert(json);
  if (!created) return answer(200, record, { preferences, entity });
  return answer(201, record, { preferences, headers: locationOf(call, entity, record), entity });
}

/** The fields by which a record is found: a unique one, or a group. */
function identityOf(entity: Entity, text: string | undefined): readonly string[] {
  const groups = identities(entity.resource);
  const wanted = (text ?? "").split(",").sort().join();
  const found = groups.find((group) => [...group].sort().join() === wanted);
  if (found) return found;
  const message = "Say by which unique field or group of fields the record is found, such as ?by=email.";
  const allowed = groups.map((group) => group.join());
  throw new AppError("invalid_request", message, {
    fields: [{ field: "by", rule: text === undefined ? "required" : "unknown", message, allowed }],
  });
}

export async function update(call: RestCall, entity: Entity, key: string): Promise<Answer> {
  const preferences = readPreferences(call.request);
  const context = contextOf(call, { entity, preferences, query: call.request.query });
  const version = expectedVersion(entity, call.request);
  const plan = planUpdate(key, await readJsonBody(call.request), { ...context, version });
  const made = await change(call, plan, preferences);
  return answer(200, made ?? noSuchRecord(entity), { preferences, entity });
}

export function destroy(call: RestCall, entity: Entity, key: string): Promise<Answer> {
  return destroyed(call, entity, { key, preferences: readPreferences(call.request) });
}

interface Destroying {
  readonly key: string;
  readonly preferences: Preferences;
  /** Of a named action: its name, and what it is given. */
  readonly action?: string;
  readonly input?: unknown;
}

/** Answers nothing, or the record as it was where the caller prefers that. */
async function destroyed(call: RestCall, entity: Entity, asked: Destroying): Promise<Answer> {
  const { key, preferences, action, input } = asked;
  const context = contextOf(call, { entity, preferences, query: call.request.query, action });
  if (context.selection.some(({ kind }) => kind !== "field")) {
    throw new AppError("invalid_request", "Related records cannot be shown of a record that is destroyed.");
  }
  const selection = preferences.whole ? context.selection : [];
  const plan = planDestroy(key, { ...context, selection, version: expectedVersion(entity, call.request) }, input);
  const gone = (await change(call, plan, preferences)) ?? noSuchRecord(entity);
  return preferences.whole ? answer(200, gone, { preferences }) : emptyAnswer(204, preferences.applied);
}

/** `POST /deals/{id}/win`: a named update answers the record as it now is, a named destroy nothing. */
export async function act(call: RestCall, entity: Entity, { action, key }: NamedChange): Promise<Answer> {
  const { request } = call;
  const preferences = readPreferences(request);
  const input = await readOptionalBody(request);
  if (action.type === "destroy") return destroyed(call, entity, { key, preferences, action: action.name, input });
  const context = contextOf(call, { entity, preferences, query: request.query, action: action.name });
  const version = expectedVersion(entity, request);
  const made = await change(call, planUpdate(key, input, { ...context, version }), preferences);
  return answer(200, made ?? noSuchRecord(entity), { preferences, entity });
}

interface NamedChange {
  readonly action: Pick<Action, "name" | "type">;
  readonly key: string;
}

interface Asked {
  readonly entity: Entity;
  readonly preferences: Preferences;
  readonly query: string;
  readonly action?: string | undefined;
}

function contextOf({ app, request }: RestCall, { entity, preferences, query, action }: Asked): WriteContext {
  const { template } = app.template(query, { entity, kind: "one" });
  const { versioned } = entity.resource.features ?? {};
  const selection = preferences.minimal ? (versioned ? keyAndVersion : keyAlone) : template.selection;
  return { catalog: app.catalog, entity, selection, actor: request.actor, ...(action !== undefined && { action }) };
}

/** Runs a change as its caller prefers. */
export function change(
  { run, request }: RestCall,
  plan: WritePlan,
  { dryRun }: Preferences,
): Promise<Uint8Array | null> {
  return run(request.actor, dryRun ? { ...plan, dryRun } : plan);
}

interface AnswerParts {
  readonly preferences: Preferences;
  /** Of the record whose version is told. */
  readonly entity?: Entity;
  readonly headers?: readonly string[];
}

function answer(status: 200 | 201, json: Uint8Array, { preferences, entity, headers = [] }: AnswerParts): Answer {
  const version = entity ? versionHeader(entity, json) : [];
  const all = [...headers, ...version, ...preferences.applied];
  // What one may change but not see is null.
  return preferences.minimal || isNull(json)
    ? emptyAnswer(status === 201 ? 201 : 204, all)
    : jsonAnswer(status, json, all);
}

function isNull(json: Uint8Array): boolean {
  return json.byteLength === 4 && Buffer.from(json).toString("latin1") === "null";
}

function locationOf({ request }: RestCall, { resource }: Entity, json: Uint8Array): readonly string[] {
  const key = keyOfObject(json);
  if (key === null) return [];
  return ["location", `${request.base}${restRoot}${restPath(resource)}/${encodeURIComponent(key)}`];
}
