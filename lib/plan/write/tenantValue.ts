import { foreignKeyField } from "../../model/naming/foreignKeyField.ts";
import type { Entity } from "../catalog/Catalog.ts";
import type { Actor } from "../types.ts";
import { isRefusal, readText } from "../values/readValue.ts";

interface TenantValue {
  readonly field: string;
  /** Canonical. */
  readonly text: string;
}

/** What a new record's tenant is when nobody says so: that of the actor; null where there is none. */
export function tenantValue({ resource, fields, relationships }: Entity, { tenant }: Actor): TenantValue | null {
  const name = resource.features?.tenant;
  if (name === undefined || tenant === null) return null;
  const relationship = relationships.get(name);
  const field = fields.get(relationship?.kind === "belongsTo" ? foreignKeyField(relationship) : name);
  if (!field) return null;
  const reading = readText(field.type, tenant);
  return isRefusal(reading) ? null : { field: field.name, text: reading.text };
}
