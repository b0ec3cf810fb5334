import { toCanonical } from "../../expression/toCanonical.ts";
import { typedExpression } from "../../model/expressions/typedExpression.ts";
import { foreignKeyField } from "../../model/naming/foreignKeyField.ts";
import { isReadable, valueFor } from "../world/environmentOf.ts";
import type { Row, World } from "../world/World.ts";
import { type Against, type Doing, holds, refuseAtOnce, seenIn } from "./Doing.ts";

/** That keys which the caller gave lead to records that they may read. */
export function againstReferences(doing: Doing, world: World, change: Change): readonly Against[] {
  const { after, before = null } = change;
  return doing.given.flatMap((name): Against[] => {
    const field = after.entity.fields.get(name);
    const key = field && (after.values.get(name) ?? null);
    if (!field?.reference || key === null || key === undefined) return [];
    if (before && before.values.get(name) === key) return [];
    const target = world.byKey(field.reference.target, key);
    const viewer = doing.access;
    const isSeen = target !== null && isReadable(target, { ...seenIn(doing, world), viewer });
    return isSeen ? [] : [{ code: "invalid_input", field: name, rule: "exists" }];
  });
}

export interface Change {
  readonly after: Row;
  /** Absent for a new record. */
  readonly before?: Row;
}

/** What must be true of a record once it is changed or made; `world` holds it. */
export function againstResult(doing: Doing, world: World, { after, before }: Change): readonly Against[] {
  const { rules, access } = doing;
  const seen = seenIn(doing, world);
  const required = before
    ? []
    : rules.require.filter(({ expression }) => valueFor(expression, after, seen) !== true).map(() => conflict);
  const validations = rules.validations.filter(({ expression, when }) => {
    if (when && valueFor(when, after, seen) !== true) return false;
    return valueFor(expression, after, seen) !== true;
  });
  return [
    ...required,
    ...validations.map(({ field }): Against => ({ code: "invalid_input", field, rule: "check" })),
    ...(holds(access.result(after.entity.name, rules.name), after, seen) ? [] : [forbidden]),
    ...(before ? [] : againstGiven(doing, world, after)),
  ];
}

/** That the caller may set the fields that they gave. */
export function againstGiven(doing: Doing, world: World, row: Row): readonly Against[] {
  return doing.given
    .filter((field) => !holds(doing.access.fieldWrite(row.entity.name, field), row, seenIn(doing, world)))
    .map((field) => ({ code: "forbidden_field", field, rule: "forbidden" }));
}

export const conflict: Against = { code: "conflict", field: "", rule: "require" };
const forbidden: Against = { code: "forbidden", field: "", rule: "policy" };

/** Refuses a record that has the same values as another where these must be unique. */
export function refuseSame(world: World, row: Row, request: Doing["request"]): void {
  const { resource } = row.entity;
  const fieldFor = (name: string) => {
    const relationship = row.entity.relationships.get(name);
    return relationship?.kind === "belongsTo" ? foreignKeyField(relationship) : name;
  };
  const groups: readonly { readonly fields: readonly string[]; readonly when?: string }[] = [
    { fields: ["id"] },
    ...resource.attributes.filter(({ unique }) => unique).map(({ name }) => ({ fields: [name] })),
    ...resource.relationships.flatMap((one) =>
      one.kind === "belongsTo" && one.unique ? [{ fields: [fieldFor(one.name)] }] : [],
    ),
    ...resource.uniques.map((fields) => ({ fields: fields.map(fieldFor) })),
    ...(resource.conditionalUniques ?? []).map(({ fields, when }) => ({ fields: fields.map(fieldFor), when })),
  ];
  for (const { fields, when } of groups) {
    const counts = (candidate: Row) => {
      if (when === undefined) return true;
      const condition = typedExpression(world.model, {
        resource: resource.name,
        text: when,
        expected: { kind: "boolean" },
      });
      return valueFor(condition, candidate, { world, request }) === true;
    };
    const key = keyOf(world, row, fields);
    if (key === null || !counts(row)) continue;
    const others = world
      .of(resource.name)
      .filter((other) => other !== row && other.values.get("id") !== row.values.get("id"));
    const same =
      fields.length === 1 && fields[0] === "id" ? [] : others.filter((other) => keyOf(world, other, fields) === key);
    if (same.some(counts)) refuseAtOnce("conflict", fields, "unique");
  }
}

/** What tells records apart; null where a part is missing, which is equal to nothing. */
function keyOf(world: World, row: Row, fields: readonly string[]): string | null {
  const parts = fields.map((name) => {
    const field = row.entity.fields.get(name);
    const value = field ? world.value(row, field) : null;
    return value === null ? null : toCanonical({ kind: "text" }, value);
  });
  return parts.includes(null) ? null : JSON.stringify(parts);
}
