import { AppError } from "#lib/errors/AppError.ts";
import { actionAtPath, isOffered, offeredNamedActions, offers, restName } from "#lib/model/api/operations.ts";
import { isToOne } from "#lib/model/relationships/isToOne.ts";
import type { ActionName } from "#lib/model/types.ts";
import type { Entity } from "#lib/plan/catalog/Catalog.ts";
import { checkRecords, recordsOf } from "#lib/plan/read/limits.ts";
import { planHistory } from "#lib/plan/read/planHistory.ts";
import type { ReadManyShape } from "#lib/plan/types.ts";
import { readKey } from "#lib/plan/write/planWrite.ts";
import { type Answer, jsonAnswer } from "../http/Answer.ts";
import { checkAccept } from "./body.ts";
import { actOnMany, destroyMany, updateMany } from "./changeMany.ts";
import { act, create, destroy, update, upsert } from "./changes.ts";
import { asksCsv } from "./csv/asksCsv.ts";
import { csvCall, exportCsv } from "./csv/exportCsv.ts";
import { decodeSegment } from "./decodeSegment.ts";
import { withBodyTag } from "./features/bodyTag.ts";
import { historyQuery } from "./features/historyQuery.ts";
import { withVersion } from "./features/versions.ts";
import { answerJsonApi } from "./jsonapi/answerJsonApi.ts";
import { formsOf } from "./jsonapi/negotiate.ts";
import { namedRead } from "./namedRead.ts";
import { fillTemplate, isListTemplate, type ListTemplate, type QueryTemplate } from "./query/QueryTemplate.ts";
import type { RestApp } from "./RestApp.ts";
import { type RestCall, restRoot } from "./RestCall.ts";
import { noSuchName, noSuchRecord, refusedMethod } from "./refusals.ts";
import { answerSummary } from "./summary/answerSummary.ts";

/** One request to an app's REST API, below `restRoot`. Throws or rejects with AppError. */
export function answerRest(call: RestCall): Promise<Answer> {
  const forms = formsOf(call.request.headers, call.app.catalog.model.app.api?.format);
  const isPlain = !forms.reads && !forms.prints;
  const answer = isPlain ? answerPlain(call) : answerJsonApi({ call, forms, plain: answerPlain });
  if (call.request.headers["if-none-match"] === undefined) return answer;
  return answer.then((whole) => withBodyTag(whole, call.request));
}

/** The same in plain JSON. */
function answerPlain(call: RestCall): Promise<Answer> {
  const { app, request } = call;
  const [first = "", id, related, ...rest] = request.path.slice(restRoot.length).split("/");
  const isOneRecord = id !== undefined && related === undefined;
  if (isOneRecord || !asksCsv(request)) checkAccept(request.headers.accept);
  const [path = "", action] = first.split(":", 2);
  const entity = app.entityAt(path);
  if (!entity || rest.length > 0 || id === "" || related === "") throw noSuchPath(app);
  if (action !== undefined) {
    if (id !== undefined) throw noSuchPath(app);
    return ofMany(call, entity, action);
  }
  if (id === undefined) return collection(call, entity);
  const key = readKey(entity, decodeSegment(id));
  if (related === undefined) return item(call, entity, key);
  if (related === "history" && entity.resource.features?.history && isOffered(entity.resource, "read", "rest"))
    return history(call, entity, key);
  if (request.method === "POST") return ofOne(call, entity, { key, name: related });
  return relatedList(call, { entity, key, name: related });
}

function noSuchPath(app: RestApp): AppError {
  const message = `There is nothing at this path. Resources are below ${restRoot}.`;
  return noSuchName(message, [...app.catalog.byPath.keys()]);
}

function collection(call: RestCall, entity: Entity): Promise<Answer> {
  const puts = can(entity, "create") && can(entity, "update");
  switch (call.request.method) {
    case "GET":
    case "HEAD":
      if (can(entity, "read")) return list(call, entity);
      break;
    case "POST":
      if (can(entity, "create")) return create(call, entity);
      break;
    case "PUT":
      if (puts) return upsert(call, entity);
      break;
    case "PATCH":
      if (can(entity, "update")) return updateMany(call, entity);
      break;
    case "DELETE":
      if (can(entity, "destroy")) return destroyMany(call, entity);
  }
  throw refusedMethod({
    GET: can(entity, "read"),
    POST: can(entity, "create"),
    PUT: puts,
    PATCH: can(entity, "update"),
    DELETE: can(entity, "destroy"),
  });
}

/** `/deals:hot`, `/deals:register`, `/deals:win`: a named action that is not about one record. */
function ofMany(call: RestCall, entity: Entity, name: string): Promise<Answer> {
  const { method } = call.request;
  if (name === "summary" && can(entity, "read")) {
    if (method !== "GET" && method !== "HEAD") throw refusedMethod({ GET: true });
    return answerSummary(call, entity);
  }
  const action = actionAtPath(entity.resource, name);
  if (!action) throw noSuchName(`${entity.name} has no action of this name.`, actionPaths(entity));
  if (action.type === "read") {
    if (method !== "GET" && method !== "HEAD") throw refusedMethod({ GET: true });
    return namedRead(call, entity, action.name);
  }
  if (method !== "POST") throw refusedMethod({ POST: true });
  return action.type === "create" ? create(call, entity, action.name) : actOnMany(call, entity, action);
}

/** `POST /deals/{id}/win` */
function ofOne(call: RestCall, entity: Entity, { key, name }: { key: string | null; name: string }): Promise<Answer> {
  const action = actionAtPath(entity.resource, name);
  if (action?.type !== "update" && action?.type !== "destroy") {
    throw noSuchName(`${entity.name} has no action of this name.`, actionPaths(entity, ["update", "destroy"]));
  }
  return act(call, entity, { action, key: key ?? noSuchRecord(entity) });
}

function item(call: RestCall, entity: Entity, key: string | null): Promise<Answer> {
  switch (call.request.method) {
    case "GET":
    case "HEAD":
      if (can(entity, "read")) return get(call, entity, key ?? noSuchRecord(entity));
      break;
    case "PATCH":
      if (can(entity, "update")) return update(call, entity, key ?? noSuchRecord(entity));
      break;
    case "DELETE":
      if (can(entity, "destroy")) return destroy(call, entity, key ?? noSuchRecord(entity));
  }
  throw refusedMethod({ GET: can(entity, "read"), PATCH: can(entity, "update"), DELETE: can(entity, "destroy") });
}

async function list(asked: RestCall, entity: Entity): Promise<Answer> {
  const { call, csv } = csvCall(asked);
  const { app, run, request } = call;
  const { template, values } = app.template(request.query, { entity, kind: "many" });
  const plan = fillTemplate(listed(template), values);
  if (csv) return exportCsv(call, plan, { ...csv, headers: template.headers });
  return jsonAnswer(200, found(await run(request.actor, plan)), template.headers);
}

async function get({ app, run, request }: RestCall, entity: Entity, key: string): Promise<Answer> {
  const { template } = app.template(request.query, { entity, kind: "one" });
  const plan = { shape: app.itemShape(template), parameters: [key] };
  const json = found(await run(request.actor, plan), entity);
  const answer = jsonAnswer(200, json, template.headers);
  if (!entity.resource.features?.versioned) return answer;
  return withVersion(answer, json, { headers: request.headers, showsMore: showsMore(template) });
}

/** Whether a record is shown with what changes without its version. */
function showsMore({ entity, selection }: QueryTemplate): boolean {
  return selection.some((member) => member.kind !== "field" || entity.computed.has(member.field));
}

/** The changes of one record, the newest first. */
async function history({ run, request }: RestCall, entity: Entity, key: string | null): Promise<Answer> {
  if (request.method !== "GET" && request.method !== "HEAD") throw refusedMethod({ GET: true });
  const plan = planHistory(entity, key ?? noSuchRecord(entity), historyQuery(request.query));
  return jsonAnswer(200, found(await run(request.actor, plan), entity));
}

interface RelatedList {
  readonly entity: Entity;
  readonly key: string | null;
  readonly name: string;
}

/** What a relationship of one record leads to: a list with all that lists understand, or one record. */
async function relatedList(asked: RestCall, { entity, key, name }: RelatedList): Promise<Answer> {
  const { call, csv } = csvCall(asked);
  const { app, run, request } = call;
  const relationship = entity.relationships.get(name);
  const target = relationship && app.catalog.entities.get(relationship.target);
  if (!target) throw noSuchName(`${entity.name} has no relationship of this name.`, [...entity.relationships.keys()]);
  const isRead = request.method === "GET" || request.method === "HEAD";
  const readable = can(entity, "read") && can(target, "read");
  if (!isRead || !readable) throw refusedMethod({ GET: readable });
  if (isToOne(relationship)) return relatedOne(asked, { entity, target, name, key: key ?? noSuchRecord(entity) });
  const within: ReadManyShape["within"] = { resource: entity.name, relationship: name, key: 0 };
  const { template, values } = app.template(request.query, { entity: target, kind: "many", within });
  const plan = fillTemplate(listed(template), values, key ?? noSuchRecord(entity));
  if (csv) return exportCsv(call, plan, { ...csv, headers: template.headers });
  return jsonAnswer(200, found(await run(request.actor, plan), entity), template.headers);
}

interface RelatedOne {
  readonly entity: Entity;
  readonly target: Entity;
  readonly key: string;
  readonly name: string;
}

/** The record that a relationship of one record leads to. */
async function relatedOne(call: RestCall, { entity, target, key, name }: RelatedOne): Promise<Answer> {
  const { app, run, request } = call;
  const { template } = app.template(request.query, { entity: target, kind: "one" });
  const selection = [{ kind: "one", as: "it", relationship: name, selection: template.selection }] as const;
  checkRecords(recordsOf(selection));
  const plan = { shape: { kind: "one", resource: entity.name, key: 0, selection }, parameters: [key] } as const;
  const json = Buffer.from(found(await run(request.actor, plan), entity));
  const record = json.subarray(json.indexOf(":") + 1, json.lastIndexOf("}"));
  if (record.toString("latin1") === "null") throw new AppError("not_found", `This ${entity.name} has no ${name}.`);
  return jsonAnswer(200, record, template.headers);
}

function listed(template: QueryTemplate): ListTemplate {
  if (!isListTemplate(template)) throw new Error("The template is not that of a list.");
  return template;
}

function can({ resource }: Entity, action: ActionName): boolean {
  return offers(resource, action, "rest");
}

/** The names of named actions in paths. */
function actionPaths({ resource }: Entity, types?: readonly ActionName[]): readonly string[] {
  const actions = offeredNamedActions(resource, "rest").filter(
    ({ type }) => types === undefined || types.includes(type),
  );
  return actions.map(({ name }) => restName(resource, name));
}

function found(answer: Uint8Array | null, entity?: Entity): Uint8Array {
  return answer ?? noSuchRecord(entity);
}
