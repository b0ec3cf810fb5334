import type { Database } from "./Database.ts";

const query = `
  select att.attname
  from unnest(coalesce(
    (select conkey::int2[] from pg_constraint
      where conname = $2 and conrelid = to_regclass(format('public.%I', $1::text))),
    (select indkey::int2[] from pg_index where indexrelid = to_regclass(format('public.%I', $2::text)))
  )) with ordinality as key(number, place)
  join pg_attribute att on att.attnum = key.number and att.attrelid = to_regclass(format('public.%I', $1::text))
  order by place`;

/** The columns of constraints and unique indexes, as errors of one database name them; each is looked up once. */
export class ConstraintColumns {
  readonly #database: Database;
  readonly #known = new Map<string, readonly string[]>();

  constructor(database: Database) {
    this.#database = database;
  }

  async of(table: string, constraint: string): Promise<readonly string[]> {
    const name = `${table} ${constraint}`;
    const known = this.#known.get(name);
    if (known) return known;
    const rows = await this.#database.inspect(query, [table, constraint]);
    const columns = rows.map(([column = ""]) => column);
    if (this.#known.size > 1000) this.#known.clear();
    this.#known.set(name, columns);
    return columns;
  }
}
