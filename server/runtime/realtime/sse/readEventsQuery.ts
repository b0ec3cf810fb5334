import { AppError, type FieldError } from "#lib/errors/AppError.ts";
import { offers } from "#lib/model/api/operations.ts";
import { accessesOf } from "#lib/plan/access/Accesses.ts";
import { isDenied } from "#lib/plan/access/checkAction.ts";
import type { Entity } from "#lib/plan/catalog/Catalog.ts";
import type { Actor } from "#lib/plan/types.ts";
import { readValues, refusal } from "../../rest/query/QueryTemplate.ts";
import { decodePart, readRawQuery } from "../../rest/query/RawQuery.ts";
import type { RestApp } from "../../rest/RestApp.ts";
import type { Question } from "../feed/Question.ts";

/** What `GET /events` asks for. */
export interface EventsQuery {
  readonly questions: readonly Question[];
  /** Of `after`, undecided whether it is a position. */
  readonly after: string | null;
}

const words = ["filter", "fields", "include"];
const partShape = new RegExp(`^(${words.join("|")})\\[([^[\\]]+)\\]((?:\\[.*)?)$`);

/**
 * `resources=deals,companies&filter[deals][stage][eq]=won&fields[deals]=title&include[deals]=company&after=…`: of each
 * resource what its REST list understands, under its name.
 */
export function readEventsQuery(app: RestApp, actor: Actor, query: string): EventsQuery {
  const errors: FieldError[] = [];
  const single = new Map<string, string>();
  const parts = new Map<string, string[]>();
  for (const { name: raw, value } of readRawQuery(query).pairs) {
    const name = raw.replace(/%5B/gi, "[").replace(/%5D/gi, "]");
    const [, word, path = "", rest = ""] = partShape.exec(name) ?? [];
    if (word !== undefined) {
      parts.set(path, [...(parts.get(path) ?? []), `${word}${rest}=${value}`]);
    } else if (name === "resources" || name === "after") {
      if (single.has(name)) errors.push({ field: name, rule: "repeated", message: "Give this parameter once." });
      single.set(name, decodePart(value) ?? "");
    } else {
      const allowed = ["resources", "after", ...words.map((known) => `${known}[<resource>]`)];
      errors.push({ field: name, rule: "unknown", message: `There is no parameter ${name} here.`, allowed });
    }
  }
  const listening = listenable(app);
  const asked = single.get("resources")?.split(",") ?? readable(app, actor);
  const known = asked.flatMap((path) => {
    const entity = listening.get(path);
    if (entity) return [[path, entity] as const];
    const message = app.entityAt(path) ? `${path} has no change feed.` : `There is no resource ${path}.`;
    errors.push({ field: "resources", rule: "unknown", message, allowed: [...listening.keys()] });
    return [];
  });
  for (const path of parts.keys()) {
    if (known.some(([name]) => name === path)) continue;
    const message = "This is none of the resources that are listened to.";
    errors.push({ field: `filter[${path}]`, rule: "unknown", message, allowed: known.map(([name]) => name) });
  }
  if (errors.length > 0) throw refusal(errors);
  if (known.length === 0) throw new AppError("forbidden", "There is no change feed that you may listen to.");
  const questions = [...new Map(known)].map(([path, entity]) =>
    questionOf(app, { path, entity, actor, query: (parts.get(path) ?? []).join("&") }),
  );
  return { questions, after: single.get("after") ?? null };
}

interface Asked {
  readonly path: string;
  readonly entity: Entity;
  readonly actor: Actor;
  readonly query: string;
}

function questionOf(app: RestApp, { path, entity, actor, query }: Asked): Question {
  try {
    const { template, values } = app.template(query, { entity, kind: "many" });
    const { list } = template;
    if (!list) throw new Error("The template is not that of a list.");
    const { operands, errors } = readValues({ ...template, list }, values);
    if (errors.length > 0) throw refusal(errors);
    return { actor, entity, where: list.where, selection: template.selection, parameters: operands };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const fields = error.fields.map((one) => ({ ...one, field: one.field.replace(/^[a-z]+/, `$&[${path}]`) }));
    throw new AppError(error.code, error.message, { fields, cause: error });
  }
}

/** The resources with a change feed by their paths. */
function listenable({ catalog }: RestApp): ReadonlyMap<string, Entity> {
  return new Map(
    [...catalog.byPath].filter(([, { resource }]) => resource.features?.changeFeed && offers(resource, "read", "rest")),
  );
}

/** Of those the ones of which the actor may see anything. */
function readable(app: RestApp, actor: Actor): readonly string[] {
  const access = accessesOf(app.catalog.model).of(actor);
  return [...listenable(app)].filter(([, { name }]) => !isDenied(access, name, "read")).map(([path]) => path);
}
