import { AppError } from "#lib/errors/AppError.ts";
import { isToOne } from "#lib/model/relationships/isToOne.ts";
import type { Entity } from "#lib/plan/catalog/Catalog.ts";
import type { ReadManyShape, RunPlan } from "#lib/plan/types.ts";
import { planCreate, planCreateMany, planDestroy, planUpdate, readKey } from "#lib/plan/write/planWrite.ts";
import { type Answer, emptyAnswer, jsonAnswer } from "../http/Answer.ts";
import type { AppRequest } from "../http/AppRequest.ts";
import { MethodError } from "../http/problemAnswer.ts";
import { checkAccept, readJsonBody } from "./body.ts";
import { planHistory } from "./features/planHistory.ts";
import { keyOfObject } from "./keyOfObject.ts";
import { fillTemplate, isListTemplate, type ListTemplate, type QueryTemplate } from "./query/QueryTemplate.ts";
import { decodePart } from "./query/RawQuery.ts";
import type { RestApp } from "./RestApp.ts";

export interface RestCall {
  readonly app: RestApp;
  readonly run: RunPlan;
  readonly request: AppRequest;
}

export const restRoot = "/rest/v1/";

/** One request to an app's REST API, below `restRoot`. Throws or rejects with AppError. */
export function answerRest(call: RestCall): Promise<Answer> {
  const { app, request } = call;
  checkAccept(request.headers.accept);
  const [path = "", id, related, ...rest] = request.path.slice(restRoot.length).split("/");
  const entity = app.entityAt(path);
  if (!entity || rest.length > 0 || id === "" || related === "") throw noSuchPath(app);
  if (id === undefined) return collection(call, entity);
  const key = readKey(entity, decodeSegment(id));
  if (related === undefined) return item(call, entity, key);
  if (related === "history" && entity.resource.features?.history) return history(call, entity, key);
  return relatedList(call, { entity, key, name: related });
}

/** A plus is a plus in a path; what is not well-formed is the key of nothing. */
function decodeSegment(segment: string): string {
  return segment.includes("%") ? (decodePart(segment.replaceAll("+", "%2B")) ?? "\0") : segment;
}

function noSuchPath(app: RestApp): AppError {
  const paths = [...app.catalog.byPath.keys()];
  const message = `There is nothing at this path. Resources are below ${restRoot}.`;
  return new AppError("not_found", message, {
    fields: [{ field: "path", rule: "unknown", message: "Name one of these.", allowed: paths }],
  });
}

function collection(call: RestCall, entity: Entity): Promise<Answer> {
  switch (call.request.method) {
    case "GET":
    case "HEAD":
      if (can(entity, "read")) return list(call, entity);
      break;
    case "POST":
      if (can(entity, "create")) return create(call, entity);
  }
  throw refusedMethod({ GET: can(entity, "read"), POST: can(entity, "create") });
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

async function list({ app, run, request }: RestCall, entity: Entity): Promise<Answer> {
  const { template, values } = app.template(request.query, { entity, kind: "many" });
  return jsonAnswer(200, found(await run(request.actor, fillTemplate(listed(template), values))));
}

async function get({ app, run, request }: RestCall, entity: Entity, key: string): Promise<Answer> {
  const { template } = app.template(request.query, { entity, kind: "one" });
  const plan = { shape: app.itemShape(template), parameters: [key] };
  return jsonAnswer(200, found(await run(request.actor, plan), entity));
}

async function create({ app, run, request }: RestCall, entity: Entity): Promise<Answer> {
  const { template } = app.template(request.query, { entity, kind: "one" });
  const input = await readJsonBody(request);
  const context = { catalog: app.catalog, entity, selection: template.selection };
  if (Array.isArray(input)) {
    if (template.selection.some(({ kind }) => kind !== "field")) {
      throw new AppError("invalid_request", "Related records can be included when records are created one by one.");
    }
    return jsonAnswer(201, found(await run(request.actor, planCreateMany(input, context))));
  }
  const created = found(await run(request.actor, planCreate(input, context)));
  const key = keyOfObject(created);
  const location = key === null ? [] : ["location", `${request.base}${request.path}/${encodeURIComponent(key)}`];
  return jsonAnswer(201, created, location);
}

async function update({ app, run, request }: RestCall, entity: Entity, key: string): Promise<Answer> {
  const { template } = app.template(request.query, { entity, kind: "one" });
  const input = await readJsonBody(request);
  const plan = planUpdate(key, input, { catalog: app.catalog, entity, selection: template.selection });
  return jsonAnswer(200, found(await run(request.actor, plan), entity));
}

async function destroy({ app, run, request }: RestCall, entity: Entity, key: string): Promise<Answer> {
  const plan = planDestroy(key, { catalog: app.catalog, entity, selection: [] });
  found(await run(request.actor, plan), entity);
  return emptyAnswer(204);
}

/** The changes of one record, the newest first. */
async function history({ run, request }: RestCall, entity: Entity, key: string | null): Promise<Answer> {
  if (request.method !== "GET" && request.method !== "HEAD") throw refusedMethod({ GET: true });
  const plan = planHistory(entity, key ?? noSuchRecord(entity), request.query);
  return jsonAnswer(200, found(await run(request.actor, plan), entity));
}

interface RelatedList {
  readonly entity: Entity;
  readonly key: string | null;
  readonly name: string;
}

/** The list that a relationship of one record leads to, with all that lists understand. */
async function relatedList(call: RestCall, { entity, key, name }: RelatedList): Promise<Answer> {
  const { app, run, request } = call;
  const relationship = entity.relationships.get(name);
  const target = relationship && app.catalog.entities.get(relationship.target);
  if (!target || isToOne(relationship)) {
    const lists = [...entity.relationships.values()].filter((list) => !isToOne(list));
    throw new AppError("not_found", `${entity.name} has no list of this name.`, {
      fields: [
        { field: "path", rule: "unknown", message: "Name one of these.", allowed: lists.map((list) => list.name) },
      ],
    });
  }
  const isRead = request.method === "GET" || request.method === "HEAD";
  const readable = can(entity, "read") && can(target, "read");
  if (!isRead || !readable) throw refusedMethod({ GET: readable });
  const within: ReadManyShape["within"] = { resource: entity.name, relationship: name, key: 0 };
  const { template, values } = app.template(request.query, { entity: target, kind: "many", within });
  const plan = fillTemplate(listed(template), values, key ?? noSuchRecord(entity));
  return jsonAnswer(200, found(await run(request.actor, plan), entity));
}

function listed(template: QueryTemplate): ListTemplate {
  if (!isListTemplate(template)) throw new Error("The template is not that of a list.");
  return template;
}

/** 405 with the methods that the path does answer; HEAD is GET without the body. */
function refusedMethod(methods: Readonly<Record<string, boolean>>): MethodError {
  const legal = Object.keys(methods).filter((method) => methods[method]);
  return new MethodError([...legal, ...(methods.GET ? ["HEAD"] : []), "OPTIONS"]);
}

function can({ resource }: Entity, action: "read" | "create" | "update" | "destroy"): boolean {
  return resource.actions.includes(action);
}

function found(answer: Uint8Array | null, entity?: Entity): Uint8Array {
  return answer ?? noSuchRecord(entity);
}

function noSuchRecord(entity?: Entity): never {
  throw new AppError("not_found", entity ? `There is no ${entity.name} with this key.` : "There is no such record.");
}
