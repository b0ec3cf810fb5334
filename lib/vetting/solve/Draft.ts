import { resourceNamed } from "../../model/expressions/resourceAlong.ts";
import { camelCase } from "../../model/naming/camelCase.ts";
import type { GivenRow, TestActor, TestValue } from "../../model/testTypes.ts";
import type { BelongsTo, Model, Resource } from "../../model/types.ts";
import { isReference } from "../world/worldOf.ts";

/** A test that is being made: who acts on which records. Never changed, only followed by others. */
export interface Draft {
  readonly rows: readonly GivenRow[];
  readonly actor: DraftActor;
  readonly arguments: Readonly<Record<string, TestValue>>;
}

export interface DraftActor {
  readonly kind: TestActor["kind"];
  /** Of a user. */
  readonly row: string | null;
  readonly roles: readonly string[];
}

export const serviceDraft: Draft = { rows: [], actor: { kind: "service", row: null, roles: [] }, arguments: {} };
/** Nobody yet: becomes whoever the conditions ask for. */
export const openDraft: Draft = { rows: [], actor: { kind: "key", row: null, roles: [] }, arguments: {} };

export function testActor({ kind, row, roles }: DraftActor): TestActor {
  switch (kind) {
    case "anonymous":
    case "service":
      return { kind };
    case "key":
      return { kind, roles };
    case "user":
      return { kind, row: row ?? "", ...(roles.length > 0 && { roles }) };
  }
}

export interface NewRow {
  readonly resource: Resource;
  /** What it would like to be called. */
  readonly called?: string;
  readonly values?: GivenRow["values"];
}

/** Adds a record, with those that it cannot be without; answers how it is called. */
export function withRow(
  model: Model,
  draft: Draft,
  { resource, called, values = {} }: NewRow,
): { readonly draft: Draft; readonly name: string } {
  let next = draft;
  const given: Record<string, TestValue> = { ...values };
  for (const relationship of resource.relationships) {
    if (relationship.kind !== "belongsTo" || !relationship.required || given[relationship.name] !== undefined) continue;
    const parent = withParent(model, next, relationship);
    if (!parent) continue;
    next = parent.draft;
    given[relationship.name] = { row: parent.name };
  }
  const name = freeName(next, called ?? camelCase(resource.name));
  return { draft: { ...next, rows: [...next.rows, { name, resource: resource.name, values: given }] }, name };
}

/** The record that a belongsTo leads to: one that is there under its name, or a new one. */
function withParent(model: Model, draft: Draft, { name, target, unique }: BelongsTo) {
  const resource = resourceNamed(model, target);
  if (!resource) return null;
  const called = camelCase(name);
  const there = unique ? undefined : draft.rows.find((row) => row.resource === target && row.name === called);
  return there ? { draft, name: there.name } : withRow(model, draft, { resource, called });
}

function freeName({ rows }: Draft, wanted: string): string {
  const taken = new Set(rows.map(({ name }) => name));
  const others = ["other", "third", "fourth", "fifth"];
  const candidates = [wanted, ...others.map((word) => `${word}${wanted.charAt(0).toUpperCase()}${wanted.slice(1)}`)];
  const free = candidates.find((name) => !taken.has(name));
  if (free !== undefined) return free;
  for (let number = 6; ; number++) if (!taken.has(`${wanted}${number}`)) return `${wanted}${number}`;
}

export function rowOf({ rows }: Draft, name: string): GivenRow | null {
  return rows.find((row) => row.name === name) ?? null;
}

export function withField(draft: Draft, name: string, field: string, value: TestValue): Draft {
  const ordered = draft.rows.map((row) =>
    row.name === name ? { ...row, values: { ...row.values, [field]: value } } : row,
  );
  return { ...draft, rows: isReference(value) ? inOrder(ordered) : ordered };
}

/** Later records refer to earlier ones; what refers in a circle stays where it is. */
function inOrder(rows: readonly GivenRow[]): readonly GivenRow[] {
  const placed: GivenRow[] = [];
  let left = rows;
  while (left.length > 0) {
    const ready = left.find((row) => referencesOf(row).every((name) => placed.some((other) => other.name === name)));
    if (!ready) return rows;
    placed.push(ready);
    left = left.filter((row) => row !== ready);
  }
  return placed;
}

function referencesOf({ values }: GivenRow): readonly string[] {
  return Object.values(values).flatMap((value) => (isReference(value) ? [value.row] : []));
}
