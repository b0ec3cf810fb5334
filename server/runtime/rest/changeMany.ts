import { AppError, type FieldError } from "#lib/errors/AppError.ts";
import { closest } from "#lib/expression/closest.ts";
import type { Action } from "#lib/model/types.ts";
import type { Entity } from "#lib/plan/catalog/Catalog.ts";
import { planDestroyMany, planUpdateMany, readLimit, type TargetInput } from "#lib/plan/write/planMany.ts";
import { type Answer, jsonAnswer } from "../http/Answer.ts";
import { readJsonBody } from "./body.ts";
import { change } from "./changes.ts";
import { refuseVersions } from "./features/conditions.ts";
import { type Preferences, readPreferences } from "./preferences.ts";
import { fillTemplate, isListTemplate, refusal } from "./query/QueryTemplate.ts";
import { queryWithout } from "./query/queryWithout.ts";
import { decodePart, readRawQuery } from "./query/RawQuery.ts";
import type { RestCall } from "./RestCall.ts";

/** `PATCH /deals?filter[…]&max-affected=20`: the same changes to all that match, or to none. */
export async function updateMany(call: RestCall, entity: Entity): Promise<Answer> {
  const { app, request } = call;
  refuseVersions(request);
  const preferences = readPreferences(request);
  const target = targetOf(call, entity, preferences);
  const input = await readJsonBody(request);
  const context = { catalog: app.catalog, entity, selection: [], actor: request.actor };
  return answer(await change(call, planUpdateMany(target, input, context), preferences), preferences);
}

/** `DELETE /deals?filter[…]&max-affected=20` */
export async function destroyMany(call: RestCall, entity: Entity): Promise<Answer> {
  const { app, request } = call;
  refuseVersions(request);
  const preferences = readPreferences(request);
  const target = targetOf(call, entity, preferences);
  const context = { catalog: app.catalog, entity, selection: [], actor: request.actor };
  return answer(await change(call, planDestroyMany(target, {}, context), preferences), preferences);
}

/** `POST /deals:win` with `{"ids": […], "input": {…}}`: a named action on several records, on all or on none. */
export async function actOnMany(
  call: RestCall,
  entity: Entity,
  action: Pick<Action, "name" | "type">,
): Promise<Answer> {
  const { app, request } = call;
  refuseVersions(request);
  const strange = readRawQuery(request.query).pairs.map(({ name }): FieldError => {
    const message = "An action on several records takes everything in its body.";
    return { field: decodePart(name) ?? name, rule: "unknown", message };
  });
  if (strange.length > 0) throw refusal(strange);
  const preferences = readPreferences(request);
  const { ids, input = {}, ...rest } = objectOf(await readJsonBody(request));
  if (!Array.isArray(ids) || Object.keys(rest).length > 0) {
    throw new AppError("invalid_request", 'Send {"ids": [keys], "input": {…}}.');
  }
  const target: TargetInput = { kind: "keys", keys: ids };
  const context = { catalog: app.catalog, entity, selection: [], actor: request.actor, action: action.name };
  const plan =
    action.type === "destroy" ? planDestroyMany(target, input, context) : planUpdateMany(target, input, context);
  return answer(await change(call, plan, preferences), preferences);
}

function objectOf(body: unknown): Readonly<Record<string, unknown>> {
  if (typeof body === "object" && body !== null && !Array.isArray(body)) return { ...body };
  throw new AppError("invalid_request", 'Send {"ids": [keys], "input": {…}}.');
}

function answer(json: Uint8Array | null, preferences: Preferences): Answer {
  return jsonAnswer(200, json ?? '{"affected":0}', preferences.applied);
}

/** What a filter says; one that says nothing has to say that it means all. */
function targetOf({ app, request }: RestCall, entity: Entity, preferences: Preferences): TargetInput {
  const { query, taken } = queryWithout(request.query, ["max-affected", "filter"]);
  const limit = readLimit(taken.get("max-affected") ?? preferences.maxAffected);
  const strange = readRawQuery(query).pairs.flatMap(({ name }): readonly FieldError[] => {
    const field = decodePart(name) ?? name;
    const allowed = ["filter", "max-affected"];
    const [word = ""] = field.split("[", 1);
    const meant = closest(word, allowed);
    const message = meant ? `Did you mean ${meant}?` : "A change of many understands filter and max-affected.";
    return word === "filter" ? [] : [{ field, rule: "unknown", message, allowed }];
  });
  if (strange.length > 0) throw refusal(strange);
  const { template, values } = app.template(query, { entity, kind: "many" });
  if (!isListTemplate(template)) throw new Error("The template is not that of a list.");
  const { shape, parameters } = fillTemplate(template, values);
  if (shape.kind !== "many") throw new Error("The template is not that of a list.");
  const { where } = shape.list;
  if (where === null && taken.get("filter") !== "all") {
    const message = "Say which records are meant by filter[…], or filter=all for all of them.";
    throw new AppError("invalid_request", message, { fields: [{ field: "filter", rule: "required", message }] });
  }
  return { kind: "filter", where, parameters, limit };
}
