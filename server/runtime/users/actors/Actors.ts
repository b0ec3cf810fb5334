import { actorType } from "#lib/model/expressions/actorType.ts";
import { tenantField } from "#lib/model/features/tenantField.ts";
import { serviceActor } from "#lib/plan/access/actors.ts";
import { entityNamed } from "#lib/plan/catalog/Catalog.ts";
import type { Actor, ReadPlan } from "#lib/plan/types.ts";
import { parseExactJson } from "#lib/plan/values/exactJson.ts";
import { actorOf } from "../../auth/readActor.ts";
import type { Environment } from "../../host/Environment.ts";

export interface ActorParts {
  /** Key of the record, or of the account where the app has no resource of users; canonical. */
  readonly id: string;
  readonly roles: readonly string[];
  /** Canonical, where it is known otherwise than by the record. */
  readonly tenant?: string | null;
}

/** As much of an environment as actors are made of. */
export type ActorsOf = Pick<Environment, "app" | "run">;

const own = serviceActor("auth");

/** Makes actors of people: what policies see of them is read from their records. */
export class Actors {
  readonly #environment: ActorsOf;
  readonly #roles: ReadonlySet<string>;
  /** Null where the app has no resource of users. */
  readonly #read: { readonly shape: ReadPlan["shape"]; readonly tenant: string | null } | null;

  constructor(environment: ActorsOf) {
    this.#environment = environment;
    const { model } = environment.app;
    this.#roles = new Set((model.app.roles ?? []).map(({ name }) => name));
    this.#read = readOf(environment);
  }

  /** Null where the resource of users has no such record. */
  async of({ id, roles, tenant = null }: ActorParts): Promise<Actor | null> {
    const { model } = this.#environment.app;
    const known = roles.filter((role) => this.#roles.has(role));
    if (!this.#read) return actorOf({ kind: "user", id, roles: known, tenant }, model, "actor");
    const { shape, tenant: field } = this.#read;
    const json = await this.#environment.run(own, { shape, parameters: [id] });
    if (json === null) return null;
    const record = parseExactJson(Buffer.from(json).toString("utf8")) as Readonly<Record<string, unknown>>;
    const { id: key, ...values } = record;
    const attributes = Object.fromEntries(Object.entries(values).filter(([name]) => name !== tenantAlias));
    const told = field === null ? null : field === "id" ? key : (record[tenantAlias] ?? null);
    return actorOf({ kind: "user", id: key, roles: known, tenant: tenant ?? told, attributes }, model, "actor");
  }
}

/** No attribute has such a name. */
const tenantAlias = "$tenant";

function readOf({ app }: Pick<ActorsOf, "app">) {
  const { catalog, model } = app;
  if (model.app.users === undefined) return null;
  const entity = entityNamed(catalog, model.app.users);
  const type = actorType(model);
  const members = type.kind === "object" ? type.members.filter(({ field }) => field !== undefined) : [];
  const field = tenantField(model, entity.resource);
  const names = members.map(({ name }) => name).filter((name) => entity.fields.has(name));
  const shape: ReadPlan["shape"] = {
    kind: "one",
    resource: entity.name,
    key: 0,
    selection: [
      { kind: "field", as: "id", field: entity.key.name },
      ...names.map((name) => ({ kind: "field", as: name, field: name }) as const),
      ...(field === null || field === "id" ? [] : [{ kind: "field", as: tenantAlias, field } as const]),
    ],
  };
  return { shape, tenant: field };
}
