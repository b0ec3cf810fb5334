import type postgres from "postgres";
import { AppError } from "#lib/errors/AppError.ts";
import { actionsOf } from "#lib/model/actions/actionsOf.ts";
import { serviceActor } from "#lib/plan/access/actors.ts";
import { type Entity, entityNamed } from "#lib/plan/catalog/Catalog.ts";
import type { Actor, RunPlan, WritePlan } from "#lib/plan/types.ts";
import { planCreate, planUpdate } from "#lib/plan/write/planWrite.ts";
import { tableName } from "#lib/sql/ddl/statements.ts";
import { quoteIdentifier } from "#lib/sql/identifier.ts";
import { isEncrypted } from "../../encryption/encryptedPlaces.ts";
import { planRunner } from "../../exec/planRunner.ts";
import { runStatement } from "../../exec/runStatement.ts";
import type { Environment } from "../../host/Environment.ts";

export type Profile = Readonly<Record<string, unknown>>;

export interface NewRecord {
  /** Whose address the record gets; null where it is not known. */
  readonly email: string | null;
  readonly profile: Profile;
  /** Action that makes it; absent means the standard one. */
  readonly action?: string;
  /** As whom it is made; absent: policies do not concern it. */
  readonly actor?: Actor;
}

export interface RecordAct {
  readonly key: string;
  /** Absent means the standard update. */
  readonly action?: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly actor: Actor;
}

/** Whoever signs up or was invited, before there is an actor. */
const own = serviceActor("auth");

/** The records that the app's users are, in the resource of its users. */
export class UserRecords {
  readonly #environment: Environment;
  /** Null where the app has no such resource. */
  readonly entity: Entity | null;
  /** Attribute that holds the address. */
  readonly #email: string | undefined;

  constructor(environment: Environment) {
    const { catalog } = environment.app;
    const { users, auth } = catalog.model.app;
    this.#environment = environment;
    this.entity = users === undefined ? null : entityNamed(catalog, users);
    this.#email = auth?.email;
  }

  /** Whether the resource has an action of its own of this name and type. */
  has(action: string, type: "create" | "update"): boolean {
    return (
      this.entity !== null && actionsOf(this.entity.resource).some((one) => one.name === action && one.type === type)
    );
  }

  /** Names of the arguments of an action. */
  argumentsOf(action: string): readonly string[] {
    const actions = this.entity ? actionsOf(this.entity.resource) : [];
    return (actions.find(({ name }) => name === action)?.arguments ?? []).map(({ name }) => name);
  }

  /** Makes a record in the transaction; answers its key, or null where the app has no resource of users. */
  async create(sql: postgres.TransactionSql, record: NewRecord): Promise<string | null> {
    const plan = this.#plan(record);
    if (plan === null) return null;
    return keyIn(await this.#runner(sql)(record.actor ?? own, plan));
  }

  /** Throws AppError for a record that could not be made of what is given, whatever else there is. Asks nobody. */
  read(record: NewRecord): void {
    this.#plan(record);
  }

  /** Throws AppError where such a record could not be made now. Changes nothing. */
  async check(record: NewRecord): Promise<void> {
    const plan = this.#plan(record);
    if (plan !== null) await this.#environment.run(record.actor ?? own, { ...plan, dryRun: true });
  }

  /** Does an action to a record as somebody. Throws AppError where they may not, or there is no such record. */
  async act(sql: postgres.TransactionSql, { key, action, input, actor }: RecordAct): Promise<void> {
    if (!this.entity) throw new AppError("not_found", "The app has no resource of its users.");
    const { catalog } = this.#environment.app;
    const named = action === undefined ? {} : { action };
    const plan = planUpdate(key, input, { catalog, entity: this.entity, selection: keyAlone, actor, ...named });
    const answer = await this.#runner(sql)(actor, plan);
    if (answer === null) throw new AppError("not_found", "There is no account with this id.");
  }

  /** Whether somebody may do an action to a record. Changes nothing. */
  async may({ key, action, input, actor }: RecordAct): Promise<boolean> {
    if (!this.entity) return false;
    const { catalog } = this.#environment.app;
    const named = action === undefined ? {} : { action };
    const plan = planUpdate(key, input, { catalog, entity: this.entity, selection: keyAlone, actor, ...named });
    try {
      return (await this.#environment.run(actor, { ...plan, dryRun: true })) !== null;
    } catch (error) {
      if (error instanceof AppError && error.status < 500) return false;
      throw error;
    }
  }

  /** Keeps the address of a record the same as that of its account. */
  async setAddress(sql: postgres.TransactionSql, key: string | null, email: string): Promise<void> {
    if (key === null || this.#email === undefined || !this.entity) return;
    await this.act(sql, { key, input: { [this.#email]: email }, actor: own });
  }

  /** Key of the one record with the address that no account has yet. To be asked only for whoever has shown that it is theirs. */
  async withAddress(sql: postgres.TransactionSql, email: string): Promise<string | null> {
    const field = this.#email === undefined ? undefined : this.entity?.fields.get(this.#email);
    if (!this.entity || !field || isEncrypted(field)) return null;
    const { resource, key } = this.entity;
    const deleted = resource.features?.softDelete?.column;
    const text = `select t.${quoteIdentifier(key.column)}::text from ${tableName(resource.table)} as t
      where lower(t.${quoteIdentifier(field.column)}) = $1 ${deleted === undefined ? "" : `and t.${quoteIdentifier(deleted)} is null`}
        and not exists (select from gantry_accounts a where a.record = t.${quoteIdentifier(key.column)}::text) limit 2`;
    const rows = await sql.unsafe(text, [email]).values();
    const [first] = rows;
    return rows.length === 1 && first ? String(first[0]) : null;
  }

  /** Whether there is a record of this key. */
  async exists(key: string): Promise<boolean> {
    if (!this.entity) return false;
    const shape = { kind: "one", resource: this.entity.name, key: 0, selection: keyAlone } as const;
    return (await this.#environment.run(own, { shape, parameters: [key] })) !== null;
  }

  #plan({ email, profile, action, actor }: NewRecord): WritePlan | null {
    if (!this.entity) return null;
    const { catalog } = this.#environment.app;
    const address = this.#email !== undefined && email !== null ? { [this.#email]: email } : {};
    return planCreate(
      { ...profile, ...address },
      {
        catalog,
        entity: this.entity,
        selection: keyAlone,
        actor: actor ?? own,
        ...(action !== undefined && { action }),
      },
    );
  }

  /** Runs plans in a transaction that others began. */
  #runner(sql: postgres.TransactionSql): RunPlan {
    const { app, database } = this.#environment;
    const within = { answer: (call: Parameters<typeof runStatement>[1]) => runStatement(sql, call) };
    return this.#environment.around(planRunner({ catalog: app.catalog, statements: app.statements, database, within }));
  }
}

const keyAlone = [{ kind: "field", as: "id", field: "id" }] as const;

function keyIn(answer: Uint8Array | null): string {
  const record =
    answer === null ? null : (JSON.parse(Buffer.from(answer).toString("utf8")) as { readonly id?: unknown });
  const id = record?.id;
  if (typeof id === "string" || typeof id === "number") return String(id);
  throw new AppError("forbidden", "The record of this person could not be made.");
}
