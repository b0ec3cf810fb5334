import type { FieldError } from "#lib/errors/AppError.ts";
import { foreignKeyField } from "#lib/model/naming/foreignKeyField.ts";
import type { Entity } from "#lib/plan/catalog/Catalog.ts";
import { type SeedTable, seedProblem } from "./SeedTables.ts";

/** What shows only when all rows are read: repeated values and keys that lead to no row. */
export function checkSeeds(tables: readonly SeedTable[], problems: FieldError[]): void {
  const keys = new Map(tables.map(({ entity, rows }) => [entity.name, new Set(rows.map((row) => row.key))]));
  for (const table of tables) {
    for (const fields of uniqueGroups(table.entity)) problems.push(...repeated(table, fields));
    problems.push(...leadingNowhere(table, keys));
  }
}

function uniqueGroups({ key, fields, resource }: Entity): readonly (readonly string[])[] {
  const single = [...fields.values()].filter(({ attribute, reference }) => (attribute ?? reference)?.unique);
  const nameOf = (name: string) => {
    const reference = resource.relationships.find((each) => each.name === name && each.kind === "belongsTo");
    return reference ? foreignKeyField(reference) : name;
  };
  const groups = [
    [key.name],
    ...single.map(({ name }) => [name]),
    ...resource.uniques.map((group) => group.map(nameOf)),
  ];
  return [...new Map(groups.map((group) => [group.join(), group])).values()];
}

function repeated({ file, rows }: SeedTable, fields: readonly string[]): readonly FieldError[] {
  const first = new Map<string, number>();
  return rows.flatMap((row) => {
    const values = fields.map((name) => row.values.get(name) ?? null);
    if (values.includes(null)) return [];
    const text = JSON.stringify(values);
    const earlier = first.get(text);
    if (earlier === undefined) {
      first.set(text, row.number);
      return [];
    }
    const what = fields.length === 1 ? "This value" : "These values together";
    const message = `${what} must be unique, but row ${earlier} has the same.`;
    return [seedProblem({ file, row: row.number, field: fields.join(" and ") }, { rule: "unique", message })];
  });
}

function leadingNowhere(
  { entity, file, rows }: SeedTable,
  keys: ReadonlyMap<string, ReadonlySet<string>>,
): readonly FieldError[] {
  return rows.flatMap((row) => {
    const problem = (field: string, target: string, key: string) => {
      const message = `There is no ${target} with the id ${key} in the seeds.`;
      return seedProblem({ file, row: row.number, field }, { rule: "reference", message });
    };
    const references = [...entity.fields.values()].flatMap(({ name, reference }) => {
      const key = row.values.get(name) ?? null;
      if (!reference || key === null || keys.get(reference.target)?.has(key)) return [];
      return [problem(name, reference.target, key)];
    });
    const links = [...row.links].flatMap(([name, targets]) => {
      const target = entity.relationships.get(name)?.target ?? "";
      return targets.filter((key) => !keys.get(target)?.has(key)).map((key) => problem(name, target, key));
    });
    return [...references, ...links];
  });
}
