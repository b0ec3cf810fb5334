import { AppError, type FieldError } from "#lib/errors/AppError.ts";
import type { Entity } from "#lib/plan/catalog/Catalog.ts";
import { recordsOf } from "#lib/plan/read/limits.ts";
import type { ReadOneShape } from "#lib/plan/types.ts";
import type { GraphqlApp } from "../GraphqlApp.ts";
import { readGlobalId } from "../plan/globalId.ts";
import { Held, type Place, valueAt } from "../plan/Held.ts";
import type { ParameterSource } from "../plan/ParameterSources.ts";
import { Planning } from "../plan/Planning.ts";
import { planSelection } from "../plan/planSelection.ts";
import { heldArgumentsOf } from "./argumentsOf.ts";
import { formatError, isDefect } from "./formatError.ts";
import type { OperationCall, OtherRoot } from "./OperationPlan.ts";
import type { PlannedRoot } from "./planOperation.ts";
import type { RootAnswer } from "./RootAnswer.ts";
import type { RootField } from "./RootField.ts";

/** How many records may be asked for by their global ids at once. */
const mostIds = 100;

/** How records of one type are read. */
interface NodeRead {
  readonly shape: ReadOneShape;
  /** Where the parameters of the selection stand among those of the field; the key follows them in the plan. */
  readonly first: number;
  readonly count: number;
}

/** One of the records that are asked for; null where there can be none. */
type Wanted = { readonly read: NodeRead; readonly key: number } | null;

/** `node(id:)` and `nodes(ids:)`: records of any type by their global ids, each a statement of its own. */
export function planNodes(app: GraphqlApp, root: RootField, name: "node" | "nodes"): PlannedRoot {
  const ids = idsIn(app, root, name);
  const sources: ParameterSource[] = [];
  const reads = new Map<Entity, NodeRead>();
  const wanted = ids.map((id): Wanted => {
    const { entity, key } = readGlobalId(app, id.value);
    if (!entity || key === null) return null;
    let read = reads.get(entity);
    if (!read) {
      read = readOf(app, entity, { root, sources });
      reads.set(entity, read);
    }
    return { read, key: sources.push(id.source) - 1 };
  });
  const costs = wanted.map((one) => (one ? recordsOf(one.read.shape.selection) : 1));
  const answer: OtherRoot["answer"] = async (call, parameters) => {
    const all = await Promise.all(
      wanted.map((one, index) => {
        if (!one) return { json: null, errors: [] };
        const { shape, first, count } = one.read;
        const values = [...parameters.slice(first, first + count), parameters[one.key] ?? null];
        const path = name === "node" ? [root.as] : [root.as, index];
        return readNode({ shape, parameters: values }, call, path);
      }),
    );
    return name === "node" ? single(root.as, all) : listed(root.as, all);
  };
  return {
    root: { kind: "other", sources, answer },
    cost: costs.reduce((sum, cost) => sum + cost, 0),
    isLasting: wanted.every((one) => one !== null),
  };
}

interface GivenId {
  readonly value: string;
  /** The key in it. */
  readonly source: ParameterSource;
}

/** The ids that are asked for; their types are a part of the plan, their keys are values. */
function idsIn(app: GraphqlApp, root: RootField, name: "node" | "nodes"): readonly GivenId[] {
  const { id, ids } = heldArgumentsOf(app.schema.getQueryType(), root);
  const given: unknown = name === "node" ? [id] : ids;
  const { variables } = root.fields;
  const typesOf = (value: unknown): string => {
    const all: readonly unknown[] = Array.isArray(value) ? value : [value];
    return all.map((one) => readGlobalId(app, String(one)).entity?.name ?? "").join();
  };
  const pinned = variables.pin(given, { name: "types", read: typesOf });
  const list: readonly unknown[] = Array.isArray(pinned) ? pinned : [pinned];
  if (list.length > mostIds) throw tooMany();
  return list.map((one, index): GivenId => {
    const value = String(variables.pin(one, { name: "types", read: typesOf }));
    const place = placeOf(given, index) ?? (one instanceof Held ? one : null);
    if (!place) return { value, source: readGlobalId(app, value).key };
    return { value, source: (values) => readGlobalId(app, String(valueAt(values, place))).key ?? undefined };
  });
}

/** Where an item of a list stands that is a variable as a whole. */
function placeOf(list: unknown, index: number): Place | null {
  return list instanceof Held ? { variable: list.variable, path: [...list.path, index] } : null;
}

function readOf(
  app: GraphqlApp,
  entity: Entity,
  { root, sources }: { readonly root: RootField; readonly sources: ParameterSource[] },
): NodeRead {
  const planning = new Planning(app, root.fields);
  const selection = planSelection(entity, root.nodes, planning);
  planning.check();
  const { all } = planning.parameters;
  const first = sources.length;
  sources.push(...all);
  return { shape: { kind: "one", resource: entity.name, key: all.length, selection }, first, count: all.length };
}

interface NodeAnswer {
  readonly json: Uint8Array | null;
  readonly errors: RootAnswer["errors"];
}

async function readNode(
  plan: { readonly shape: ReadOneShape; readonly parameters: readonly (string | null | readonly string[])[] },
  { execution }: OperationCall,
  path: readonly (string | number)[],
): Promise<NodeAnswer> {
  try {
    return { json: await execution.run(execution.actor, plan), errors: [] };
  } catch (error) {
    if (isDefect(error)) execution.onDefect(error);
    return { json: null, errors: [formatError(error, path)] };
  }
}

function single(name: string, [only]: readonly NodeAnswer[]): RootAnswer {
  return { name, nonNull: false, json: only?.json ? [only.json] : null, errors: only?.errors ?? [] };
}

function listed(name: string, all: readonly NodeAnswer[]): RootAnswer {
  const items = all.flatMap(({ json }, index) => [Buffer.from(index === 0 ? "" : ","), json ?? Buffer.from("null")]);
  return {
    name,
    nonNull: true,
    json: [Buffer.from("["), ...items, Buffer.from("]")],
    errors: all.flatMap(({ errors }) => errors),
  };
}

function tooMany(): AppError {
  const error: FieldError = { field: "ids", rule: "maxItems", message: `Ask for at most ${mostIds} records.` };
  return new AppError("invalid_input", "Some arguments are not acceptable.", { fields: [error] });
}
