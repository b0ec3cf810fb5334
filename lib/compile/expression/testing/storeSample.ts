import type { ModelDatabase } from "#tests/support/modelDatabase.ts";
import type { SampleRow } from "../../../expression/testing/SampleData.ts";
import { toJson } from "../../../expression/toCanonical.ts";
import type { Value } from "../../../expression/Value.ts";
import { valueTypeOf } from "../../../model/expressions/valueTypeOf.ts";
import type { AttributeType, Model } from "../../../model/types.ts";
import { type Catalog, entityNamed, type Field } from "../../../plan/catalog/Catalog.ts";
import { tableName } from "../../../sql/ddl/statements.ts";

/** Puts the rows in the place of all that was there. */
export async function storeSample(
  database: ModelDatabase,
  catalog: Catalog,
  rows: readonly SampleRow[],
): Promise<void> {
  const tables = [...catalog.entities.values()].map(({ resource }) => tableName(resource.table));
  await database.sql.begin(async (sql) => {
    await sql.unsafe("set constraints all deferred");
    await sql.unsafe(`truncate ${tables.join(", ")}`);
    for (const name of ["User", "Company", "Deal", "Contract", "Activity", "Line"]) {
      const { fields, resource } = entityNamed(catalog, name);
      const records = rows
        .filter((row) => row.resource === name)
        .map(({ values }) =>
          Object.fromEntries([...fields.values()].map((field) => storedEntry(catalog.model, field, values))),
        );
      if (records.length === 0) continue;
      const table = tableName(resource.table);
      await sql.unsafe(`insert into ${table} select * from jsonb_populate_recordset(null::${table}, $1)`, [
        JSON.stringify(records),
      ]);
    }
  });
}

function storedEntry(model: Model, field: Field, values: ReadonlyMap<string, Value>): [string, unknown] {
  const value = values.get(field.name) ?? null;
  return [field.column, value === null ? null : stored(model, field.type, value)];
}

function stored(model: Model, type: AttributeType, value: Value): unknown {
  const json = toJson(valueTypeOf(type, model), value);
  switch (type.kind) {
    case "choice":
      return type.options.find(({ name }) => name === json)?.stored;
    case "duration":
      return `${String(value)} microseconds`;
    case "money": {
      const [amount, currency] = String(json).split(" ");
      return { amount, currency };
    }
    default:
      return json;
  }
}
