import { reservedTable } from "#lib/model/naming/reservedNames.ts";
import type { CatalogTable } from "../catalog/Catalog.ts";
import type { TableReport } from "../ImportReport.ts";
import { cutName } from "./cutName.ts";
import { ResourceNaming, resourceNameOf } from "./names.ts";
import { spokenTable, TableDraft } from "./TableDraft.ts";

/** Schemas in which hosting services and tools keep what is theirs. */
const toolSchemas =
  /^(?:auth|storage|realtime|_realtime|_analytics|vault|graphql|graphql_public|extensions|pgsodium|pgsodium_masks|net|cron|pgmq|pgbouncer|supabase_\w+|hdb_catalog|hdb_views|graphile_worker|graphile_migrate|pgboss|drizzle|_timescaledb_\w+|timescaledb_\w+|topology|tiger|tiger_data|google_vacuum_mgmt|rdsadmin|heroku_ext|gantry)$/;

export interface Selection {
  readonly drafts: readonly TableDraft[];
  readonly notTaken: readonly TableReport[];
}

/** Which tables become part of the app, and what they are called. */
export function selectTables(tables: readonly CatalogTable[]): Selection {
  const notTaken: TableReport[] = [];
  const taken = tables.filter((table) => {
    const reason = reasonAgainst(table);
    if (reason !== null) {
      const name = spokenTable(table);
      notTaken.push({ table: name, outcome: "notTaken", notes: [{ about: name, message: reason }] });
    }
    return reason === null;
  });
  // What is in `public` keeps its names where several schemas meet.
  const ordered = taken.toSorted((one, other) => Number(other.schema === "public") - Number(one.schema === "public"));
  const stored = new Set<string>();
  const naming = new ResourceNaming();
  const prefix = commonPrefix(taken);
  const drafts = ordered.map((table) => {
    const storedName = claimTable(table, stored);
    const base = storedName === `${table.schema}_${table.name}` ? storedName : table.name.slice(prefix.length);
    return new TableDraft(table, { stored: storedName, names: naming.claim(resourceNameOf(base)) });
  });
  for (const draft of drafts) noteTable(draft, prefix);
  return { drafts, notTaken };
}

function reasonAgainst(table: CatalogTable): string | null {
  if (toolSchemas.test(table.schema))
    return `The schema "${table.schema}" belongs to a service or tool, not to the app.`;
  if (table.kind === "partition") {
    const parents = table.parents.map(spokenTable).join(", ");
    return `It is a part of ${parents}; its rows come with that table.`;
  }
  if (table.kind === "foreign") return "It is a foreign table: its rows are kept by another server.";
  if (!table.readable) return "The role of the connection may not read it. Grant it SELECT and import again.";
  return null;
}

function claimTable(table: CatalogTable, stored: Set<string>): string {
  const wanted = reservedTable(table.name) === null ? table.name : `imported_${table.name}`;
  for (let number = 0; ; number++) {
    const base = number === 0 ? wanted : `${table.schema}_${table.name}`;
    const name = cutName(base, number > 1 ? `_${number}` : "");
    if (stored.has(name)) continue;
    stored.add(name);
    return name;
  }
}

/** `tbl_` before every table says nothing. */
function commonPrefix(tables: readonly CatalogTable[]): string {
  const prefix = /^(?:tbl_?|t_)(?=\p{L})/iu.exec(tables[0]?.name ?? "")?.[0] ?? "";
  return tables.length > 1 && tables.every(({ name }) => name.startsWith(prefix)) ? prefix : "";
}

function noteTable({ table, stored, names, notes }: TableDraft, prefix: string): void {
  const about = spokenTable(table);
  const say = (message: string) => notes.push({ about, message });
  if (stored !== table.name) say(`It is stored as "${stored}".`);
  else if (table.schema !== "public") say(`It was in the schema "${table.schema}"; an app has one schema.`);
  if (prefix !== "") say(`"${prefix}" is left out of the name ${names.name}.`);
  if (table.kind === "partitioned") say("It was partitioned; now it is one table with all rows.");
  if (table.parents.length > 0 && table.kind === "table")
    say(
      `It inherits from ${table.parents.map(spokenTable).join(", ")}; now it is a table of its own with all its columns.`,
    );
  if (table.rowSecurity) say("Policies decide which rows are seen: only those that the import's role sees come over.");
  for (const name of table.triggers) notes.push({ about: name, message: "The trigger is not taken." });
  for (const name of table.rules) notes.push({ about: name, message: "The rewrite rule is not taken." });
  for (const name of table.policies) notes.push({ about: name, message: "The policy is not taken." });
  for (const name of table.exclusions) notes.push({ about: name, message: "The exclusion constraint is not taken." });
}
