import { type Catalog, type Entity, entityNamed } from "#lib/plan/catalog/Catalog.ts";
import { isRead } from "#lib/plan/isRead.ts";
import type { FieldValue, ParameterValue, Plan, WritePlan } from "#lib/plan/types.ts";
import { columnLiteral, columnValues } from "#lib/plan/values/columnLiteral.ts";
import { isEncrypted, placeOf } from "./encryptedPlaces.ts";
import type { FieldCipher } from "./FieldCipher.ts";

/** The plan with the values of encrypted fields sealed, in records that come along as well. */
export function sealPlan(plan: Plan, catalog: Catalog, cipher: FieldCipher): Plan {
  if (!isWrite(plan)) return plan;
  const entity = entityNamed(catalog, plan.shape.resource);
  const parameters = sealedParameters(plan, entity, cipher);
  if (!plan.nested) return parameters === plan.parameters ? plan : { ...plan, parameters };
  const inner = <Nested extends { readonly plan: WritePlan }>(nested: Nested): Nested => ({
    ...nested,
    plan: sealPlan(nested.plan, catalog, cipher) as WritePlan,
  });
  const { before, after } = plan.nested;
  return { ...plan, parameters, nested: { before: before.map(inner), after: after.map(inner) } };
}

function isWrite(plan: Plan): plan is WritePlan {
  return !isRead(plan.shape);
}

function sealedParameters({ shape, parameters }: WritePlan, entity: Entity, cipher: FieldCipher) {
  switch (shape.kind) {
    case "upsert": {
      if (shape.layout !== "columns") return sealedValues(parameters, shape.set, { entity, cipher });
      const shared = sealedValues(parameters, shape.shared ?? [], { entity, cipher });
      return sealedColumns(shared, shape.set, { entity, cipher });
    }
    case "create":
    case "update":
    case "updateMany":
      return sealedValues(parameters, shape.set, { entity, cipher });
    case "createMany": {
      const shared = sealedValues(parameters, shape.shared ?? [], { entity, cipher });
      const fields = shape.fields.filter((name) => isEncryptedIn(entity, name));
      if (shape.layout === "columns") {
        const set = shape.fields.map((field, index) => ({ field, parameter: shape.rows + index }));
        return sealedColumns(shared, set, { entity, cipher });
      }
      return fields.length === 0
        ? shared
        : shared.with(shape.rows, sealedRows(shared[shape.rows], fields, { entity, cipher }));
    }
    case "destroy":
    case "destroyMany":
    case "recheck":
      return parameters;
  }
}

interface Sealing {
  readonly entity: Entity;
  readonly cipher: FieldCipher;
}

function isEncryptedIn(entity: Entity, name: string): boolean {
  const field = entity.fields.get(name);
  return field !== undefined && isEncrypted(field);
}

function sealedValues(
  parameters: readonly ParameterValue[],
  set: readonly FieldValue[],
  { entity, cipher }: Sealing,
): readonly ParameterValue[] {
  let sealed = parameters;
  for (const { field: name, parameter } of set) {
    const field = entity.fields.get(name);
    const text = parameters[parameter];
    if (!field || !isEncrypted(field) || typeof text !== "string") continue;
    sealed = sealed.with(parameter, cipher.seal(text, placeOf(entity, field)));
  }
  return sealed;
}

function sealedColumns(
  parameters: readonly ParameterValue[],
  set: readonly FieldValue[],
  { entity, cipher }: Sealing,
): readonly ParameterValue[] {
  let sealed = parameters;
  for (const { field: name, parameter } of set) {
    const field = entity.fields.get(name);
    const literal = parameters[parameter];
    if (!field || !isEncrypted(field) || typeof literal !== "string") continue;
    const place = placeOf(entity, field);
    const texts = columnValues(literal).map((text) => (text === null ? null : cipher.seal(text, place)));
    sealed = sealed.with(parameter, columnLiteral(texts));
  }
  return sealed;
}

function sealedRows(text: ParameterValue | undefined, fields: readonly string[], { entity, cipher }: Sealing): string {
  const rows = JSON.parse(typeof text === "string" ? text : "[]") as Record<string, string | null>[];
  for (const row of rows) {
    for (const name of fields) {
      const field = entity.fields.get(name);
      const value = row[name];
      if (field && typeof value === "string") row[name] = cipher.seal(value, placeOf(entity, field));
    }
  }
  return JSON.stringify(rows);
}
