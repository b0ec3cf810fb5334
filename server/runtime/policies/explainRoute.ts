import { z } from "zod";
import { compileExplain, type ExplainedRow } from "#lib/compile/read/compileExplain.ts";
import { AppError } from "#lib/errors/AppError.ts";
import { actionsOf } from "#lib/model/actions/actionsOf.ts";
import { accessesOf } from "#lib/plan/access/Accesses.ts";
import type { Outcome } from "#lib/plan/access/actorFacts.ts";
import { contextValue } from "#lib/plan/access/contextValues.ts";
import type { Explanation } from "#lib/plan/access/Explanation.ts";
import { questionsOf } from "#lib/plan/access/explain.ts";
import type { NamedAction } from "#lib/plan/access/Rules.ts";
import { type Catalog, type Entity, readableFields } from "#lib/plan/catalog/Catalog.ts";
import type { Actor, ParameterValue } from "#lib/plan/types.ts";
import { parseExactJson } from "#lib/plan/values/exactJson.ts";
import { planCreate, readKey } from "#lib/plan/write/planWrite.ts";
import { bind } from "#lib/sql/PrintedStatement.ts";
import { actorOf } from "../auth/readActor.ts";
import type { Database } from "../exec/Database.ts";
import { type Answer, jsonAnswer } from "../http/Answer.ts";
import type { AppRequest } from "../http/AppRequest.ts";
import { MethodError } from "../http/problemAnswer.ts";

const shape = z.strictObject({
  /** Name of the resource, such as `Deal`. */
  resource: z.string(),
  action: z.string(),
  /** Of a record that is there. */
  id: z.union([z.string(), z.number()]).optional(),
  /** What a new record would be made of. */
  input: z.record(z.string(), z.unknown()).optional(),
  /** As `Gantry-Act-As` has it; absent is the one who asks. */
  actor: z.unknown().optional(),
});

export interface ExplainRoute {
  readonly catalog: Catalog;
  readonly database: Database;
}

/** `POST /policies/explain`: which rule decides whether an actor may do something with a record. */
export async function explainRoute(route: ExplainRoute, request: AppRequest): Promise<Answer> {
  if (request.method !== "POST") throw new MethodError(["POST", "OPTIONS"]);
  if (!request.mayExplain) {
    throw new AppError("forbidden", "Only a service key, or one that may act as others, may ask what others may.");
  }
  const asked = readQuestion(await request.body(), route.catalog, request.actor);
  return jsonAnswer(200, JSON.stringify(await explained(route, asked)));
}

interface Question {
  readonly entity: Entity;
  readonly action: NamedAction;
  readonly actor: Actor;
  readonly row: ExplainedRow;
  readonly parameters: readonly ParameterValue[];
}

function readQuestion(body: string, catalog: Catalog, asking: Actor): Question {
  const result = shape.safeParse(parsed(body));
  if (!result.success) {
    const fields = result.error.issues.map(({ path, message }) => ({ field: path.join("."), rule: "shape", message }));
    throw new AppError("invalid_request", "Ask with resource, action, and id or input.", { fields });
  }
  const { resource, action, id, input, actor } = result.data;
  const entity = catalog.entities.get(resource) ?? unknown("resource", [...catalog.entities.keys()]);
  const actions = actionsOf(entity.resource);
  const named =
    actions.find(({ name }) => name === action) ??
    unknown(
      "action",
      actions.map(({ name }) => name),
    );
  const as = actor === undefined ? asking : actorOf(actor, catalog.model, "actor");
  const base = { entity, action: { name: named.name, type: named.type }, actor: as };
  if (id !== undefined) {
    const key = readKey(entity, String(id)) ?? noSuchRecord(entity);
    return { ...base, row: { kind: "record", key: 0 }, parameters: [key] };
  }
  if (input === undefined) throw new AppError("invalid_request", "Give the id of a record, or input for a new one.");
  const own = named.type === "create" && named.name !== "create" ? { action: named.name } : {};
  const plan = planCreate(input, { catalog, entity, selection: [], actor: as, ...own });
  if (!("set" in plan.shape)) throw new AppError("invalid_request", "Give input for one record.");
  return { ...base, row: { kind: "new", set: plan.shape.set }, parameters: plan.parameters };
}

async function explained(route: ExplainRoute, { entity, action, actor, row, parameters }: Question) {
  const { catalog, database } = route;
  if (actor.unrestricted) return unrestricted(entity, action);
  const accesses = accessesOf(catalog.model);
  const questions = questionsOf({
    model: catalog.model,
    entity,
    action,
    isFixed: (condition) => accesses.isFixed(actor, condition),
  });
  const statement = compileExplain(catalog, { entity, row, conditions: questions.conditions });
  const now = new Date().toISOString();
  const texts = bind(statement, parameters, (path) => contextValue({ actor, now }, path));
  const answer = await database.read({ text: statement.text, parameters: texts, prepare: false });
  if (!answer) return noSuchRecord(entity);
  return questions.explain(answer.slice(1).map((value) => outcomeOf(value)));
}

function outcomeOf(value: Buffer | null): Outcome {
  return value === null ? null : value.toString() === "true";
}

function unrestricted(entity: Entity, { name: action }: NamedAction): Explanation {
  return {
    resource: entity.name,
    action,
    allowed: true,
    reason: "Allowed: policies do not concern service keys.",
    decided: { by: "key" },
    policies: [],
    fields: readableFields(entity).map(({ name }) => ({ name, read: true, write: true, policies: [] })),
  };
}

function parsed(body: string): unknown {
  try {
    return parseExactJson(body);
  } catch (cause) {
    throw new AppError("invalid_request", "The body is not valid JSON.", { cause });
  }
}

function unknown(field: string, allowed: readonly string[]): never {
  const message = `There is no such ${field}.`;
  throw new AppError("invalid_request", message, { fields: [{ field, rule: "unknown", message, allowed }] });
}

function noSuchRecord({ name }: Entity): never {
  throw new AppError("not_found", `There is no ${name} with this key.`);
}
