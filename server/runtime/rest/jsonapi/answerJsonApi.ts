import { AppError } from "#lib/errors/AppError.ts";
import { actionAtPath } from "#lib/model/api/operations.ts";
import { isToOne } from "#lib/model/relationships/isToOne.ts";
import { type Entity, entityNamed } from "#lib/plan/catalog/Catalog.ts";
import type { Answer } from "../../http/Answer.ts";
import { decodeSegment } from "../decodeSegment.ts";
import { restRoot } from "../RestCall.ts";
import { refusedMethod } from "../refusals.ts";
import { answerRelationship } from "./answerRelationship.ts";
import { isRecord } from "./Compound.ts";
import { Conversation, type Speaking } from "./Conversation.ts";
import { errorDocument } from "./errorDocument.ts";
import { typeOf } from "./memberNames.ts";
import { jsonApiType } from "./negotiate.ts";
import { readDocument, readIdentifiers } from "./readDocument.ts";

/**
 * JSON:API 1.1 as another form of the same API: the request is asked of the plain one, and its answer printed as a
 * document. What went wrong on our side is left to those who log it.
 */
export async function answerJsonApi(speaking: Speaking): Promise<Answer> {
  const talk = new Conversation(speaking);
  try {
    return await route(talk);
  } catch (error) {
    if (!(error instanceof AppError) || error.status >= 500 || !speaking.forms.prints) throw error;
    const { parameters, about } = talk;
    return errorDocument(asDocumented(error), { parameters, entity: about, base: talk.call.request.base });
  }
}

/** A key that a model makes by itself may not be given: JSON:API has a status of its own for that. */
function asDocumented(error: AppError): AppError {
  const isKey = error.fields.some(({ field, rule }) => field === "id" && rule === "readOnly");
  return isKey ? new AppError("forbidden", error.message, { fields: error.fields, cause: error }) : error;
}

async function route(talk: Conversation): Promise<Answer> {
  const { app, request } = talk.call;
  const [first = "", id, related, name, ...rest] = request.path.slice(restRoot.length).split("/");
  const [path = "", action] = first.split(":", 2);
  const entity = app.entityAt(path);
  if (!entity || rest.length > 0) return talk.ask({ query: request.query });
  if (id === undefined) return action === undefined ? collection(talk, entity) : ofMany(talk, entity, action);
  if (related === "relationships" && name) {
    talk.about = entity;
    return answerRelationship(talk, { entity, id, name });
  }
  if (related === undefined) return item(talk, entity, id);
  return name === undefined ? below(talk, entity, { id, related }) : talk.ask({ query: request.query });
}

async function collection(talk: Conversation, entity: Entity): Promise<Answer> {
  switch (talk.call.request.method) {
    case "POST":
    case "PUT":
      return created(talk, entity);
    case "PATCH": {
      talk.about = entity;
      const { query } = talk.query({ entity });
      return talk.affected(await talk.ask({ query, body: toInput(talk, entity) }));
    }
    case "DELETE":
      return talk.affected(await talk.ask({ query: talk.query({ entity }).query }));
    default:
      return list(talk, entity);
  }
}

async function list(talk: Conversation, entity: Entity): Promise<Answer> {
  const asked = talk.query({ entity });
  return talk.list(await talk.ask({ query: asked.query }), entity, asked);
}

/** The resource that a body makes or changes; `id` where the path names it. */
async function created(talk: Conversation, entity: Entity, id?: string): Promise<Answer> {
  talk.about = entity;
  const asked = talk.query({ entity });
  return talk.one(await talk.ask({ query: asked.query, body: toInput(talk, entity, id) }), entity, asked);
}

function toInput(talk: Conversation, entity: Entity, id?: string): (text: string) => unknown {
  const { catalog } = talk.call.app;
  return (text) => readDocument(text, { catalog, entity, ...(id !== undefined && { id: decodeSegment(id) }) });
}

/** `/deals:above`, `/deals:register`, `/deals:win` */
async function ofMany(talk: Conversation, entity: Entity, name: string): Promise<Answer> {
  const action = actionAtPath(entity.resource, name);
  const { method, query } = talk.call.request;
  if (!action) return plainOnly(talk);
  if (action.type === "read") return list(talk, entity);
  if (method !== "POST") return talk.ask({ query });
  if (action.type === "create") return created(talk, entity);
  talk.about = entity;
  const body = (text: string) => {
    const { ids, meta } = readIdentifiers(text, entity);
    return { ids, ...(isRecord(meta) && meta.input !== undefined && { input: meta.input }) };
  };
  return talk.affected(await talk.ask({ query: talk.query({ entity }).query, body }));
}

async function item(talk: Conversation, entity: Entity, id: string): Promise<Answer> {
  if (talk.call.request.method === "PATCH") return created(talk, entity, id);
  const asked = talk.query({ entity });
  return talk.one(await talk.ask({ query: asked.query }), entity, asked);
}

interface Below {
  readonly id: string;
  readonly related: string;
}

/** `/deals/{id}/company`, `/deals/{id}/activities`, `/deals/{id}/win` */
async function below(talk: Conversation, entity: Entity, { id, related }: Below): Promise<Answer> {
  const { app, request } = talk.call;
  if (request.method === "POST") {
    talk.about = entity;
    const asked = talk.query({ entity });
    const { catalog } = app;
    const body = (text: string) => readDocument(text, { catalog, entity });
    return talk.one(await talk.ask({ query: asked.query, body }), entity, asked);
  }
  const relationship = entity.relationships.get(related);
  if (!relationship) return plainOnly(talk);
  const target = entityNamed(app.catalog, relationship.target);
  if (!isToOne(relationship)) return list(talk, target);
  if (request.method !== "GET" && request.method !== "HEAD") throw refusedMethod({ GET: true });
  const asked = talk.query({ entity: target, through: related });
  const answer = await talk.ask({ path: `${typeOf(entity)}/${id}`, query: asked.query });
  return talk.one(answer, target, asked, (json) => (isRecord(json) ? json[related] : null));
}

/** What is no resource: histories, summaries. */
function plainOnly(talk: Conversation): Promise<Answer> {
  const { forms, call } = talk;
  if (forms.takesPlain) return talk.ask({ query: call.request.query });
  throw new AppError("not_acceptable", `This is answered as application/json, and not as ${jsonApiType}.`);
}
