import type { Refusal } from "#lib/compile/write/Check.ts";
import { checksResult } from "#lib/compile/write/needsSecond.ts";
import { AppError } from "#lib/errors/AppError.ts";
import type { Access } from "#lib/plan/access/Access.ts";
import { actionOf } from "#lib/plan/access/actionOf.ts";
import type { Catalog } from "#lib/plan/catalog/Catalog.ts";
import type { ParameterValue, RecheckShape, Selection, WritePlan, WriteShape } from "#lib/plan/types.ts";
import { placed, type Refused, refusedError } from "./refusals.ts";

/** What came of one statement of a transaction. */
export interface StatementResult {
  readonly json: Buffer;
  readonly refused: readonly Refused[];
}

export interface TransactionParts {
  readonly catalog: Catalog;
  readonly access: Access;
  /** Runs one plan; null when it answers no row. */
  readonly run: (plan: WritePlan) => Promise<StatementResult | null>;
}

/**
 * A change in several statements: what it creates besides, the change itself, what hangs on it; then all of it is looked
 * at again, checked as it now is, and shown. Whatever is refused on the way is gathered, so that it is told at once.
 */
export async function changeTransaction(
  plan: WritePlan,
  { catalog, access, run }: TransactionParts,
): Promise<Buffer | null> {
  const refused: Refusal[] = [];
  const rechecks: (() => Promise<Buffer>)[] = [];

  /** The JSON of the keys that a plan has changed; the plan is looked at again later. */
  const change = async (one: WritePlan, place: string, isShown: boolean): Promise<unknown> => {
    const { shape } = one;
    const first = await run({ ...one, shape: collecting(shape) }).catch((error: unknown) => {
      throw within(place, error);
    });
    if (!first) return null;
    const byKey = shape.kind === "updateMany";
    refused.push(...placed(first.refused, { place, byKey }));
    const answer: unknown = JSON.parse(first.json.toString("utf8"));
    const keys = keysOf(answer);
    if (isShown || checksResult(catalog, shape, access)) {
      rechecks.push(async () => {
        const again = await run(recheckOf(one, keys, answer));
        const single = shape.kind !== "updateMany" && shape.kind !== "createMany";
        const later = single ? again?.refused.map((refusal) => ({ ...refusal, which: null })) : again?.refused;
        refused.push(...placed(later ?? [], { place, byKey }));
        return again?.json ?? Buffer.from("[]");
      });
    }
    return answer;
  };

  const parameters = [...plan.parameters];
  for (const { place, plan: inner, parameter } of plan.nested?.before ?? []) {
    parameters[parameter] = keysOf(await change(inner, place, false))[0] ?? null;
  }
  const { shape } = plan;
  const isShown = shape.kind !== "updateMany";
  const whole = { ...plan, parameters };
  const answer = await change(whole, "", isShown);
  if (answer === null) return null;
  const shown = rechecks.at(-1);
  const [key = null] = keysOf(answer);
  for (const { place, plan: inner, parameter } of plan.nested?.after ?? []) {
    const values: ParameterValue[] = [...inner.parameters];
    values[parameter] = key;
    await change({ ...inner, parameters: values }, place, false);
  }
  let json: Buffer | null = null;
  for (const recheck of rechecks) {
    const again = await recheck();
    if (recheck === shown) json = again;
  }
  if (refused.length > 0) throw refusedError(refused);
  return answerOf(shape, answer, json ?? Buffer.from("[]"));
}

/** The same error about a record inside of another. */
function within(place: string, error: unknown): unknown {
  if (place === "" || !(error instanceof AppError)) return error;
  const fields = error.fields.map((field) => ({ ...field, field: `${place}.${field.field}` }));
  return new AppError(error.code, error.message, { fields, cause: error });
}

const keyAlone: Selection = [{ kind: "field", as: "key", field: "id" }];
const collected = new WeakMap<WriteShape, WriteShape>();

/** The same change, answering its keys and all that its checks refuse. */
function collecting(shape: WriteShape): WriteShape {
  let known = collected.get(shape);
  if (!known) {
    known = "selection" in shape ? { ...shape, selection: keyAlone, collect: true } : { ...shape, collect: true };
    collected.set(shape, known);
  }
  return known;
}

const rechecked = new WeakMap<WriteShape, Map<string, RecheckShape>>();

function recheckOf(plan: WritePlan, keys: readonly string[], answer: unknown): WritePlan {
  const { shape, parameters } = plan;
  const isNew = isUpsert(answer) ? answer.created : shape.kind === "create" || shape.kind === "createMany";
  const name = `${isNew} ${parameters.length}`;
  let shapes = rechecked.get(shape);
  if (!shapes) {
    shapes = new Map();
    rechecked.set(shape, shapes);
  }
  const known: RecheckShape = shapes.get(name) ?? {
    kind: "recheck",
    resource: shape.resource,
    of: isNew ? "create" : "update",
    action: isUpsert(answer) && !isNew ? "update" : actionOf(shape),
    ...(shape.given && { given: shape.given }),
    // What is shown may refer to values of the plan, so they all stay where they are.
    keys: parameters.length,
    selection: "selection" in shape ? shape.selection : keyAlone,
    collect: true,
  };
  shapes.set(name, known);
  return { ...plan, shape: known, parameters: [...parameters, keys] };
}

interface UpsertAnswer {
  readonly created: boolean;
  readonly record: unknown;
}

function isUpsert(answer: unknown): answer is UpsertAnswer {
  return typeof answer === "object" && answer !== null && "created" in answer;
}

function keysOf(answer: unknown): readonly string[] {
  if (Array.isArray(answer)) return answer.flatMap(keysOf);
  if (isUpsert(answer)) return keysOf(answer.record);
  if (typeof answer === "string" || typeof answer === "number") return [String(answer)];
  return typeof answer === "object" && answer !== null && "key" in answer ? [String(answer.key)] : [];
}

/** The answer of the change from what was shown of its records. */
function answerOf(shape: WriteShape, answer: unknown, json: Buffer): Buffer {
  if (shape.kind === "createMany") return json;
  if (shape.kind === "updateMany") return Buffer.from(JSON.stringify({ affected: keysOf(answer).length }));
  // One record: the list without its brackets.
  const record = json.subarray(json.indexOf("[") + 1, json.lastIndexOf("]"));
  if (!isUpsert(answer)) return record;
  return Buffer.concat([Buffer.from(`{"created":${answer.created},"record":`), record, Buffer.from("}")]);
}
