import { AppError, type FieldError } from "#lib/errors/AppError.ts";
import { seedFileOf } from "#lib/model/naming/seedFileOf.ts";
import type { Sources } from "#lib/model/sources.ts";
import type { Model } from "#lib/model/types.ts";
import { catalogOf, type Entity } from "#lib/plan/catalog/Catalog.ts";
import { parseExactJson } from "#lib/plan/values/exactJson.ts";
import { checkSeeds } from "./checkSeeds.ts";
import { readSeedRow } from "./readSeedRow.ts";
import { type SeedRow, type SeedTable, seedProblem } from "./SeedTables.ts";

const mostShown = 20;

/** The rows that an app's sources give a new environment. Throws with what is wrong, by file, row and field. */
export function readSeeds(model: Model, files: Sources): readonly SeedTable[] {
  const problems: FieldError[] = [];
  const catalog = catalogOf(model);
  const fileOf = new Map([...catalog.entities.values()].map((entity) => [seedFileOf(entity.name), entity]));
  const tables: SeedTable[] = [];
  for (const [file, text] of Object.entries(files)) {
    if (!/^seeds\/[^/]+\.json$/.test(file)) continue;
    const entity = fileOf.get(file);
    if (!entity) {
      const legal = [...fileOf.keys()].toSorted().slice(0, mostShown).join(", ");
      problems.push(
        seedProblem({ file }, { rule: "unknown", message: `No resource has its rows here. Legal are: ${legal}.` }),
      );
      continue;
    }
    tables.push(readTable({ entity, file, text }, { catalog, problems }));
  }
  refuse(problems);
  checkSeeds(tables, problems);
  refuse(problems);
  return tables;
}

function readTable(
  { entity, file, text }: { readonly entity: Entity; readonly file: string; readonly text: string },
  { catalog, problems }: { readonly catalog: ReturnType<typeof catalogOf>; readonly problems: FieldError[] },
): SeedTable {
  const rows: SeedRow[] = [];
  const list = parse(text);
  if (!Array.isArray(list)) {
    problems.push(seedProblem({ file }, { rule: "syntax", message: "Write a JSON list of objects." }));
    return { entity, file, rows };
  }
  list.forEach((input: unknown, at) => {
    const { row, refusals } = readSeedRow(input, { catalog, entity, number: at + 1 });
    if (row) rows.push(row);
    for (const { field, ...refusal } of refusals) {
      problems.push(seedProblem({ file, row: at + 1, ...(field !== "" && { field }) }, refusal));
    }
  });
  return { entity, file, rows: numbered(entity, rows) };
}

function parse(text: string): unknown {
  try {
    return parseExactJson(text);
  } catch {
    return undefined;
  }
}

/** Where the database numbers the rows, those without number get the next free one, in the order of the file. */
function numbered(entity: Entity, rows: readonly SeedRow[]): readonly SeedRow[] {
  if (entity.key.attribute?.default?.kind !== "generated") return rows;
  const taken = new Set(rows.map((row) => row.key));
  let next = 1;
  return rows.map((row) => {
    if (row.key !== "") return row;
    while (taken.has(String(next))) next += 1;
    const key = String(next);
    next += 1;
    return { ...row, key, values: new Map([...row.values, [entity.key.name, key]]) };
  });
}

function refuse(problems: readonly FieldError[]): void {
  if (problems.length === 0) return;
  const shown = problems.slice(0, mostShown);
  const rest = problems.length - shown.length;
  const sentences = [...shown.slice(0, 3).map(({ message }) => message)];
  const more = problems.length - sentences.length;
  const message = `The seeds have errors. ${sentences.join(" ")}${more > 0 ? ` And ${more} more.` : ""}`;
  throw new AppError("invalid_input", message, { fields: rest > 0 ? shown : problems });
}
