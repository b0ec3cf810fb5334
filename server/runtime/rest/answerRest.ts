import { AppError } from "#lib/errors/AppError.ts";
import type { Entity } from "#lib/plan/catalog/Catalog.ts";
import type { ReadManyShape, RunPlan } from "#lib/plan/types.ts";
import { planCreate, planCreateMany, planDestroy, planUpdate, readKey } from "#lib/plan/write/planWrite.ts";
import { type Answer, emptyAnswer, jsonAnswer } from "../http/Answer.ts";
import type { AppRequest } from "../http/AppRequest.ts";
import { MethodError } from "../http/problemAnswer.ts";
import { checkAccept, readJsonBody } from "./body.ts";
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

/** One request to an app's REST API, below `restRoot`. */
export async function answerRest(call: RestCall): Promise<Answer> {
  const { app, request } = call;
  checkAccept(request.headers.accept);
  const [path = "", id, related, ...rest] = request.path.slice(restRoot.length).split("/");
  const entity = app.entityAt(path);
  if (!entity || rest.length > 0 || id === "" || related === "") throw noSuchPath(app);
  if (id === undefined) return collection(call, entity);
  const key = readKey(entity, decodePart(id.replaceAll("+", "%2B")) ?? "\0");
  return related === undefined ? item(call, entity, key) : relatedList(call, { entity, key, name: related });
}

function noSuchPath(app: RestApp): AppError {
  const paths = [...app.catalog.byPath.keys()];
  const message = `There is nothing at this path. Resources are below ${restRoot}.`;
  return new AppError("not_found", message, {
    fields: [{ field: "path", rule: "unknown", message: "Name one of these.", allowed: paths }],
  });
}

async function collection(call: RestCall, entity: Entity): Promise<Answer> {
  const { app, run, request } = call;
  switch (allowed(request.method, { GET: can(entity, "read"), POST: can(entity, "create") })) {
    case "GET": {
      const { template, values } = app.template(request.query, { entity, kind: "many" });
      return jsonAnswer(200, found(await run(request.actor, fillTemplate(listed(template), values))));
    }
    default: {
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
  }
}

async function item(call: RestCall, entity: Entity, key: string | null): Promise<Answer> {
  const { app, run, request } = call;
  const methods = { GET: can(entity, "read"), PATCH: can(entity, "update"), DELETE: can(entity, "destroy") };
  const method = allowed(request.method, methods);
  if (method === "DELETE") {
    const plan = planDestroy(key ?? noSuchRecord(entity), { catalog: app.catalog, entity, selection: [] });
    found(await run(request.actor, plan), entity);
    return emptyAnswer(204);
  }
  const { template } = app.template(request.query, { entity, kind: "one" });
  if (method === "GET") {
    const plan = { shape: app.itemShape(template), parameters: [key ?? noSuchRecord(entity)] };
    return jsonAnswer(200, found(await run(request.actor, plan), entity));
  }
  const input = await readJsonBody(request);
  const context = { catalog: app.catalog, entity, selection: template.selection };
  const plan = planUpdate(key ?? noSuchRecord(entity), input, context);
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
  if (!target || relationship.kind === "belongsTo") {
    const lists = [...entity.relationships.values()].filter(({ kind }) => kind !== "belongsTo");
    throw new AppError("not_found", `${entity.name} has no list of this name.`, {
      fields: [
        { field: "path", rule: "unknown", message: "Name one of these.", allowed: lists.map((list) => list.name) },
      ],
    });
  }
  allowed(request.method, { GET: can(entity, "read") && can(target, "read") });
  const within: ReadManyShape["within"] = { resource: entity.name, relationship: name, key: 0 };
  const { template, values } = app.template(request.query, { entity: target, kind: "many", within });
  const plan = fillTemplate(listed(template), values, key ?? noSuchRecord(entity));
  return jsonAnswer(200, found(await run(request.actor, plan), entity));
}

function listed(template: QueryTemplate): ListTemplate {
  if (!isListTemplate(template)) throw new Error("The template is not that of a list.");
  return template;
}

type Method = "GET" | "POST" | "PATCH" | "DELETE";

/** The method of a request, where the path answers it; HEAD is GET without the body. */
function allowed(method: string, methods: Partial<Record<Method, boolean>>): Method {
  const asked = method === "HEAD" ? "GET" : method;
  const legal = (Object.keys(methods) as Method[]).filter((name) => methods[name]);
  const match = legal.find((name) => name === asked);
  if (!match) throw new MethodError([...legal, ...(methods.GET ? ["HEAD"] : []), "OPTIONS"]);
  return match;
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
