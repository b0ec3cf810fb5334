import type { FieldNode } from "graphql";
import type { Entity } from "#lib/plan/catalog/Catalog.ts";
import { planHistory } from "#lib/plan/read/planHistory.ts";
import { parseExactJson } from "#lib/plan/values/exactJson.ts";
import { readKey } from "#lib/plan/write/planWrite.ts";
import type { GraphqlApp } from "../GraphqlApp.ts";
import type { FieldContext } from "../plan/collectFields.ts";
import { argumentsOf } from "./argumentsOf.ts";
import type { Execution } from "./Execution.ts";
import { failed } from "./failed.ts";
import { type Members, picked } from "./picked.ts";
import type { RootAnswer } from "./RootAnswer.ts";
import type { RootField } from "./RootField.ts";

interface HistoryJson {
  readonly data: readonly Readonly<Record<string, unknown>>[];
  readonly page: { readonly next: string | null };
}

/** `noteHistory(id:, first:, after:)`: what REST's history answers, as far as it was asked for. */
export async function answerHistory(
  app: GraphqlApp,
  entity: Entity,
  { root, execution }: { readonly root: RootField; readonly execution: Execution },
): Promise<RootAnswer> {
  const { as, nodes, fields } = root;
  try {
    const { id, first, after } = argumentsOf(app.schema.getQueryType(), root);
    const key = readKey(entity, String(id));
    const page = { size: first ?? undefined, after: after ?? undefined, names: { size: "first", after: "after" } };
    const plan = key === null ? null : planHistory(entity, key, page);
    const json = plan && (await execution.run(execution.actor, plan));
    const history = json && (parseExactJson(Buffer.from(json).toString("utf8")) as HistoryJson);
    const shown = history && Buffer.from(JSON.stringify(historyOf(history, nodes, fields)));
    return { name: as, nonNull: false, json: shown && [shown], errors: [] };
  } catch (error) {
    return failed({ as, nonNull: false }, error, execution);
  }
}

function historyOf({ data, page }: HistoryJson, nodes: readonly FieldNode[], fields: FieldContext) {
  const change = (entry: HistoryJson["data"][number], parents: readonly FieldNode[]) =>
    picked(parents, fields, {
      ...plain(entry, ["id", "at", "action", "before", "after"]),
      __typename: () => "RecordChange",
      actor: (inner) => entry.actor && picked(inner, fields, actorOf(entry.actor)),
    });
  return picked(nodes, fields, {
    __typename: () => "RecordHistory",
    nodes: (inner) => data.map((entry) => change(entry, inner)),
    next: () => page.next,
  });
}

function actorOf(actor: unknown): Members {
  const values = typeof actor === "object" && actor !== null ? { kind: null, id: null, ...actor } : {};
  return { ...plain(values, ["kind", "id"]), __typename: () => "RecordActor" };
}

function plain(values: Readonly<Record<string, unknown>>, names: readonly string[]): Members {
  return Object.fromEntries(names.map((name) => [name, () => values[name] ?? null]));
}
