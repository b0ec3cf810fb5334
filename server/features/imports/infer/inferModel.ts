import { fileOf } from "#lib/model/naming/fileOf.ts";
import type { Catalog, CatalogObject } from "../catalog/Catalog.ts";
import type { ImportReport, OtherReport, TableReport } from "../ImportReport.ts";
import type { ImportPlan, TableCopy } from "./ImportPlan.ts";
import { inferColumns } from "./inferColumns.ts";
import { breakRequiredCycles, inferInverses } from "./inferInverses.ts";
import { inferKey } from "./inferKey.ts";
import { inferChecks, inferIndexes, inferUniques } from "./inferRules.ts";
import type { JoinTable } from "./joinTables.ts";
import { asJoinTable, byPlainness, inferManyToMany, isUsable } from "./joinTables.ts";
import { selectTables } from "./selectTables.ts";
import type { TableDraft } from "./TableDraft.ts";
import { sameTable, spokenTable } from "./TableDraft.ts";

export interface Inference extends ImportPlan {
  readonly report: ImportReport;
}

/** Makes a model of a database: equal catalogs give equal models. Whatever is left out or changed is in the report. */
export function inferModel(catalog: Catalog, appName: string): Inference {
  const { drafts, notTaken } = selectTables(catalog.tables);
  const { joins, resources } = separateJoins(drafts);
  for (const draft of resources) {
    inferColumns(draft, resources);
    inferChecks(draft);
    inferUniques(draft);
    inferIndexes(draft);
  }
  breakRequiredCycles(resources);
  inferInverses(resources);
  for (const join of joins.toSorted(byPlainness)) {
    noteJoin(join.draft);
    inferManyToMany(join);
  }
  const tables = [...resources.map(reportResource), ...joins.map(reportJoin), ...notTaken];
  return {
    model: {
      app: { name: appName },
      resources: resources
        .map((draft) => draft.resource())
        .sort((one, other) => (fileOf(one.name) < fileOf(other.name) ? -1 : 1)),
    },
    copies: [...resources, ...joins.map(({ draft }) => draft)].map((draft) => copyOf(draft, catalog)),
    report: {
      tables: tables.sort((one, other) => (one.table < other.table ? -1 : 1)),
      others: catalog.others.map(reportOther),
    },
  };
}

/** A join table whose ends turn out to have other keys is a table like any other. */
function separateJoins(drafts: readonly TableDraft[]): {
  readonly joins: readonly JoinTable[];
  readonly resources: readonly TableDraft[];
} {
  const candidates = drafts.map((draft) => asJoinTable(draft, drafts)).filter((join) => join !== null);
  const plain = drafts.filter((draft) => !candidates.some((join) => join.draft === draft));
  for (const draft of plain) inferKey(draft, drafts);
  const joins = candidates.filter((join) => isUsable(join, candidates));
  const resources = drafts.filter((draft) => !joins.some((join) => join.draft === draft));
  for (const draft of resources) if (!draft.key) inferKey(draft, drafts);
  return { joins, resources };
}

function noteJoin({ table, notes }: TableDraft): void {
  for (const check of table.checks)
    notes.push({ about: check.name, message: "A join table has no rules of its own: the check is not taken." });
  for (const index of table.indexes)
    notes.push({ about: index.name, message: "A join table has the indexes it needs: this one is not taken." });
}

function reportResource(draft: TableDraft): TableReport {
  return {
    table: spokenTable(draft.table),
    outcome: "resource",
    resource: draft.names.name,
    notes: draft.notes,
  };
}

function reportJoin({ draft, ends }: JoinTable): TableReport {
  return {
    table: spokenTable(draft.table),
    outcome: "relationship",
    resource: ends[0].target.names.name,
    notes: draft.notes,
  };
}

function copyOf(draft: TableDraft, catalog: Catalog): TableCopy {
  const { schema, name } = draft.table;
  const hasChildren = catalog.tables.some(
    (other) => other.kind === "table" && other.parents.some((parent) => sameTable(parent, draft.table)),
  );
  return { source: { schema, name }, only: hasChildren, target: draft.stored, columns: draft.copies };
}

const otherMessages: Readonly<Record<CatalogObject["kind"], string>> = {
  view: "Views are not taken; the tables behind them are.",
  materializedView: "Materialized views are not taken; the tables behind them are.",
  function: "Functions in the database are not taken.",
  procedure: "Procedures in the database are not taken.",
  aggregate: "Aggregates of one's own are not taken.",
  sequence: "The sequence belongs to no column that was taken.",
  type: "No column uses this type.",
  extension: "Extensions are not taken; columns of their types are named with their tables.",
};

function reportOther(object: CatalogObject): OtherReport {
  return { kind: object.kind, name: spokenTable(object), message: otherMessages[object.kind] };
}
