import type { Model } from "#lib/model/types.ts";
import type { Row } from "./TesterClient.ts";

/** Whom the tester acts as. */
export interface TesterActor {
  readonly kind: "user" | "anonymous";
  readonly roles: readonly string[];
  /** Empty: none. */
  readonly id: string;
  readonly tenant: string;
  /** The record of the person, where one was picked. */
  readonly record: Row | null;
}

export const firstActor: TesterActor = { kind: "user", roles: [], id: "", tenant: "", record: null };

/** The actor as `Gantry-Act-As` takes it, with what the record says of them. */
export function actAs(
  { kind, roles, id, tenant, record }: TesterActor,
  model: Model,
): Readonly<Record<string, unknown>> {
  if (kind === "anonymous") return { kind };
  const attributes = record && record.id === id ? attributesOf(record, model) : {};
  return {
    kind,
    roles,
    ...(id === "" ? {} : { id }),
    ...(tenant === "" ? {} : { tenant }),
    ...(Object.keys(attributes).length === 0 ? {} : { attributes }),
  };
}

const own = new Set(["id", "kind", "role", "roles", "tenant"]);
/** Longer values would not fit into a header. */
const longest = 200;

function attributesOf(record: Row, { app, resources }: Model): Readonly<Record<string, unknown>> {
  const users = resources.find(({ name }) => name === app.users);
  const told = (users?.attributes ?? []).flatMap(({ name }) => {
    const value = record[name];
    const isPlain = typeof value === "string" || typeof value === "number" || typeof value === "boolean";
    return !own.has(name) && isPlain && String(value).length <= longest ? [[name, value] as const] : [];
  });
  return Object.fromEntries(told);
}
