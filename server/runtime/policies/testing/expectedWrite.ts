import type { ErrorCode } from "#lib/errors/codes.ts";
import { type Catalog, type Entity, entityNamed } from "#lib/plan/catalog/Catalog.ts";
import type { Actor, Selection } from "#lib/plan/types.ts";
import { Eyes } from "./Eyes.ts";
import { objectOf } from "./expectedRead.ts";
import { type Input, linksOf, type WriteRequest } from "./randomWrite.ts";
import type { Plain, Row, World } from "./World.ts";

export interface WriteView {
  readonly catalog: Catalog;
  readonly world: World;
  readonly actor: Actor;
  readonly selection: Selection;
}

/** What a change must come to: every reason to refuse it, or the records as they will be and the answer. */
export interface ExpectedWrite {
  readonly reasons: ReadonlySet<ErrorCode>;
  readonly world: World;
  readonly answer: unknown;
  /**
   * It may be refused all the same: something refers to what goes, and goes along, in time or not; or an upsert meets a
   * record that its actor may change but not create.
   */
  readonly contested: boolean;
}

export function expectedWrite(request: WriteRequest, view: WriteView): ExpectedWrite {
  return new Writing(view, entityNamed(view.catalog, request.resource)).run(request);
}

class Writing {
  readonly #view: WriteView;
  readonly #entity: Entity;
  readonly #before: Eyes;
  readonly #world: World;
  readonly #reasons = new Set<ErrorCode>();
  #contested = false;

  constructor(view: WriteView, entity: Entity) {
    this.#view = view;
    this.#entity = entity;
    this.#before = new Eyes(view);
    this.#world = view.world.copy();
  }

  run(request: WriteRequest): ExpectedWrite {
    switch (request.kind) {
      case "create":
        return this.#done(() => this.#shown(this.#create([request.input])[0]));
      case "upsert":
        return this.#upsert(request.input);
      case "createMany":
        return this.#done(() => this.#create(request.inputs).map((row) => this.#shown(row)));
      case "update": {
        const row = this.#touched(request.key, "update");
        if (!row) return this.#done(() => undefined);
        const [changed] = this.#update([row], request.input);
        return this.#done(() => this.#shown(changed));
      }
      case "destroy": {
        const row = this.#touched(request.key, "destroy");
        const shown = row && objectOf(row, this.#view.selection, { ...this.#view, eyes: this.#before });
        if (row) this.#destroy([row]);
        return this.#done(() => shown);
      }
      case "updateMany": {
        const rows = this.#found(request.operand, "update");
        this.#update(rows, request.input);
        return this.#done(() => ({ affected: rows.length }));
      }
      case "destroyMany": {
        const rows = this.#found(request.operand, "destroy");
        this.#destroy(rows);
        return this.#done(() => ({ affected: rows.length }));
      }
    }
  }

  #upsert(input: Input): ExpectedWrite {
    const there = this.#view.world.all(this.#entity.name).find(({ values }) => values.code === input.code);
    if (!there) {
      const [row] = this.#create([input]);
      return this.#done(() => ({ created: true, record: this.#shown(row) }));
    }
    const row = this.#touched(there.id, "update");
    // One that may not be changed is in the way, which a unique value has to tell.
    if (!row) this.#reasons.add("conflict");
    if (!row) return this.#done(() => undefined);
    const { id: _, code: __, ...rest } = input;
    const [changed] = this.#update([row], rest);
    // Who may not create at all is told that before it is known whether there is such a record.
    if (changed && !this.#after.may(changed, "create")) this.#contested = true;
    return this.#done(() => ({ created: false, record: this.#shown(changed) }));
  }

  #done(answer: () => unknown): ExpectedWrite {
    const isRefused = this.#reasons.size > 0;
    return {
      reasons: this.#reasons,
      world: this.#world,
      answer: isRefused ? null : answer(),
      contested: this.#contested,
    };
  }

  get #after(): Eyes {
    return new Eyes({ ...this.#view, world: this.#world });
  }

  #shown(row: Row | undefined): unknown {
    const eyes = this.#after;
    return row && eyes.sees(row)
      ? objectOf(row, this.#view.selection, { ...this.#view, world: this.#world, eyes })
      : null;
  }

  #touched(key: string, action: string): Row | null {
    const row = this.#view.world.row(this.#entity.name, key);
    if (!row || !this.#before.sees(row)) this.#reasons.add("not_found");
    else if (!this.#before.may(row, action)) this.#reasons.add("forbidden");
    else return row;
    return null;
  }

  /** What a filter on `n` finds, as far as the actor sees it and may do this to it. */
  #found(operand: string, action: string): readonly Row[] {
    const eyes = this.#before;
    return eyes
      .all(this.#entity.name)
      .filter((row) => String(eyes.value(row, "n")) === operand && eyes.may(row, action));
  }

  #create(inputs: readonly Input[]): readonly Row[] {
    const rows = inputs.map((input): Row => {
      const values: Record<string, Plain> = {};
      for (const name of this.#entity.fields.keys()) values[name] = (input[name] as Plain | undefined) ?? null;
      return { resource: this.#entity.name, id: String(input.id), values };
    });
    for (const [index, row] of rows.entries()) {
      const input = inputs[index] ?? {};
      this.#checkReferences(input, null);
      this.#world.put(row);
      this.#link(row, input);
    }
    this.#checkUniques();
    const after = this.#after;
    // In a list, what one record sets counts as set by all.
    const given = new Set(inputs.flatMap((input) => Object.keys(input)));
    for (const row of rows) {
      if (!after.may(row, "create")) this.#reasons.add("forbidden");
      for (const name of given) {
        if (!after.mayField(row, name, "write")) this.#reasons.add("forbidden_field");
      }
    }
    return rows;
  }

  #update(rows: readonly Row[], input: Input): readonly Row[] {
    const plain = Object.fromEntries(Object.entries(input).filter(([name]) => this.#entity.fields.has(name)));
    const changed = rows.map((row) => ({ ...row, values: { ...row.values, ...(plain as Record<string, Plain>) } }));
    for (const row of rows) {
      this.#checkReferences(input, row);
      for (const name of Object.keys(input)) {
        if (!this.#before.mayField(row, name, "write")) this.#reasons.add("forbidden_field");
      }
    }
    for (const row of changed) {
      this.#world.put(row);
      this.#link(row, input);
    }
    this.#checkUniques();
    const after = this.#after;
    for (const row of changed) if (!after.may(row, "update")) this.#reasons.add("forbidden");
    return changed;
  }

  /** Keys must lead to what the actor could see before; one that stays may stay. */
  #checkReferences(input: Input, before: Row | null): void {
    for (const [name, value] of Object.entries(input)) {
      const reference = this.#entity.fields.get(name)?.reference;
      if (reference && value !== null && before?.values[name] !== value)
        this.#checkKey(reference.target, value as Plain);
      if (!linksOf(this.#entity).includes(name)) continue;
      const target = this.#entity.relationships.get(name)?.target ?? "";
      const { add } = changeOf(value);
      for (const key of add) this.#checkKey(target, key);
    }
  }

  #checkKey(target: string, key: Plain): void {
    const row = this.#view.world.row(target, key);
    if (!row || !this.#before.sees(row)) this.#reasons.add("invalid_input");
  }

  #link(row: Row, input: Input): void {
    for (const name of linksOf(this.#entity)) {
      const value = input[name];
      if (value === undefined) continue;
      const { add, remove } = changeOf(value);
      const seen = this.#view.world.row(row.resource, row.id) ? this.#before.many(row, name).map(({ id }) => id) : [];
      const cut = Array.isArray(value)
        ? seen.filter((id) => !add.includes(id))
        : seen.filter((id) => remove.includes(id));
      const relationship = this.#entity.relationships.get(name);
      const isOwner = relationship?.kind === "manyToMany" && relationship.owner;
      const link = (id: string) => (isOwner ? `${row.id} ${id}` : `${id} ${row.id}`);
      for (const id of cut) this.#world.links.delete(link(id));
      for (const id of add) this.#world.links.add(link(id));
    }
  }

  #checkUniques(): void {
    const names = [...this.#entity.fields.values()].filter(
      ({ attribute, reference, name }) => name !== "id" && (attribute?.unique || reference?.unique),
    );
    for (const { name } of names) {
      const values = this.#world.all(this.#entity.name).flatMap((row) => row.values[name] ?? []);
      if (new Set(values).size < values.length) this.#reasons.add("conflict");
    }
  }

  /** With all that goes along; what must not lose its record stands in the way. */
  #destroy(rows: readonly Row[]): void {
    const gone: Row[] = [];
    const remove = (row: Row): void => {
      if (!this.#world.row(row.resource, row.id)) return;
      this.#world.remove(row);
      gone.push(row);
      for (const [referring, reference] of this.#referring(row)) {
        if (reference.onDelete === "cascade") remove(referring);
        else if (reference.onDelete === "setNull") {
          const now = this.#world.row(referring.resource, referring.id);
          if (now) this.#world.put({ ...now, values: { ...now.values, [reference.field]: null } });
        }
      }
    };
    for (const row of rows) remove(row);
    for (const row of gone) {
      if (this.#referring(row).length > 0) this.#reasons.add("conflict");
      const before = this.#referring(row, this.#view.world);
      if (before.some(([, { onDelete }]) => onDelete === "restrict")) this.#contested = true;
    }
  }

  #referring(row: Row, world: World = this.#world) {
    return [...this.#view.catalog.entities.values()].flatMap((entity) =>
      [...entity.fields.values()].flatMap(({ name, reference }) =>
        reference?.target === row.resource
          ? world
              .all(entity.name)
              .filter(({ values }) => values[name] === row.id)
              .map((referring) => [referring, { field: name, onDelete: reference.onDelete }] as const)
          : [],
      ),
    );
  }
}

function changeOf(value: Input[string]): { readonly add: readonly string[]; readonly remove: readonly string[] } {
  if (Array.isArray(value)) return { add: value as readonly string[], remove: [] };
  if (typeof value !== "object" || value === null) return { add: [], remove: [] };
  const { add = [], remove = [] } = value as Exclude<typeof value, readonly string[]>;
  return { add, remove };
}
