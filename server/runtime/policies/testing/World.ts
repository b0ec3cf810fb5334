import type { Catalog } from "#lib/plan/catalog/Catalog.ts";
import type { ModelDatabase } from "#tests/support/modelDatabase.ts";
import type { Random } from "./Random.ts";
import { texts } from "./randomModel.ts";

export type Plain = string | number | boolean | null;

/** A record as it is stored: fields by their API names. */
export interface Row {
  readonly resource: string;
  readonly id: string;
  readonly values: Readonly<Record<string, Plain>>;
}

/** All the records of an app, as an oracle keeps them: rows of one resource by their keys, and links as pairs of keys. */
export class World {
  readonly rows: ReadonlyMap<string, Map<string, Row>>;
  readonly links: Set<string>;

  constructor(rows: ReadonlyMap<string, Map<string, Row>>, links: ReadonlySet<string>) {
    this.rows = new Map([...rows].map(([name, all]) => [name, new Map(all)]));
    this.links = new Set(links);
  }

  copy(): World {
    return new World(this.rows, this.links);
  }

  all(resource: string): readonly Row[] {
    return [...(this.rows.get(resource)?.values() ?? [])];
  }

  row(resource: string, id: Plain): Row | null {
    return (typeof id === "string" && this.rows.get(resource)?.get(id)) || null;
  }

  put(row: Row): void {
    this.rows.get(row.resource)?.set(row.id, row);
  }

  remove({ resource, id }: Row): void {
    this.rows.get(resource)?.delete(id);
    for (const link of this.links) if (link.includes(id)) this.links.delete(link);
  }

  /** The same text for the same records. */
  print(): string {
    const rows = [...this.rows.values()].flatMap((all) =>
      [...all.values()].map(({ resource, id, values }) => `${resource} ${id} ${JSON.stringify(sorted(values))}`),
    );
    return [...rows, ...[...this.links].map((link) => `link ${link}`)].sort().join("\n");
  }
}

function sorted(values: Row["values"]): readonly (readonly [string, Plain])[] {
  return Object.entries(values).sort(([a], [b]) => (a < b ? -1 : 1));
}

export const keyOf = (group: number, number: number): string =>
  `00000000-0000-4000-8000-${String(group).padStart(4, "0")}${String(number).padStart(8, "0")}`;

/** A few records of each resource, pointing to each other at random. */
export function randomWorld(catalog: Catalog, random: Random): World {
  const entities = [...catalog.entities.values()];
  const keys = new Map(
    entities.map(({ name }, group) => [name, random.times(4 + random.below(4), (n) => keyOf(group, n))]),
  );
  const keysOf = (name: string) => keys.get(name) ?? [];
  const rows = new Map<string, Map<string, Row>>();
  for (const entity of entities) {
    const all = new Map<string, Row>();
    for (const [index, id] of keysOf(entity.name).entries()) {
      const values: Record<string, Plain> = { id };
      for (const field of entity.fields.values()) {
        if (field === entity.key) continue;
        const { reference } = field;
        if (reference?.unique) {
          // Each of the target's records at most once.
          values[field.name] = random.chance(0.6) ? (keysOf(reference.target)[index] ?? null) : null;
        } else if (reference) values[field.name] = random.chance(0.75) ? random.pick(keysOf(reference.target)) : null;
        else values[field.name] = randomValue(field.name, random, `${entity.name}${index}`);
      }
      all.set(id, { resource: entity.name, id, values });
    }
    rows.set(entity.name, all);
  }
  const [link] = entities.flatMap(({ name, relationships }) =>
    [...relationships.values()].flatMap((relationship) =>
      relationship.kind === "manyToMany" && relationship.owner ? [{ from: name, to: relationship.target }] : [],
    ),
  );
  const links = link
    ? keysOf(link.from).flatMap((from) => random.some(keysOf(link.to), 0.3).map((to) => `${from} ${to}`))
    : [];
  return new World(rows, new Set(links));
}

export function randomValue(field: string, random: Random, code: string): Plain {
  if (field === "code") return random.chance(0.5) ? code : null;
  if (random.chance(0.2)) return null;
  switch (field) {
    case "flag":
      return random.chance(0.5);
    case "n":
      return random.below(4);
    default:
      return random.pick(texts);
  }
}

/** Writes the records into an empty database: first without what they point to. */
export async function store(world: World, catalog: Catalog, { sql }: Pick<ModelDatabase, "sql">): Promise<void> {
  await sql.begin(async (transaction) => {
    for (const [plain, entity] of [true, false].flatMap((step) =>
      [...catalog.entities.values()].map((each) => [step, each] as const),
    )) {
      const { table } = entity.resource;
      for (const { values } of world.all(entity.name)) {
        const fields = [...entity.fields.values()].filter((field) => plain === (field.reference === null));
        const columns = Object.fromEntries(fields.map((field) => [field.column, values[field.name] ?? null]));
        if (plain) await transaction`insert into ${transaction(table)} ${transaction(columns)}`;
        else if (fields.length > 0) {
          await transaction`update ${transaction(table)} set ${transaction(columns)} where id = ${values.id ?? null}`;
        }
      }
    }
    for (const link of world.links) {
      const [from = "", to = ""] = link.split(" ");
      await transaction`insert into links (left_id, right_id) values (${from}, ${to})`;
    }
  });
}

/** What the database holds. */
export async function stored(catalog: Catalog, { sql }: Pick<ModelDatabase, "sql">): Promise<World> {
  const rows = new Map<string, Map<string, Row>>();
  const parts = [...catalog.entities.values()].map(({ name, resource, fields }) => {
    const members = [...fields.values()].map((field) => `'${field.name}', "${field.column}"`).join(", ");
    return `select '${name}' as resource, jsonb_build_object(${members})::text as row from "${resource.table}"`;
  });
  for (const { resource, row } of await sql.unsafe<{ resource: string; row: string }[]>(parts.join(" union all "))) {
    const values = JSON.parse(row) as Row["values"];
    const all = rows.get(resource) ?? new Map<string, Row>();
    rows.set(resource, all.set(String(values.id), { resource, id: String(values.id), values }));
  }
  for (const { name } of catalog.entities.values()) if (!rows.has(name)) rows.set(name, new Map());
  const links = await sql<{ link: string }[]>`select left_id || ' ' || right_id as link from links`;
  return new World(rows, new Set(links.map(({ link }) => link)));
}
