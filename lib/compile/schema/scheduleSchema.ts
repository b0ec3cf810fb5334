import type { Model } from "../../model/types.ts";
import type { Column, Table } from "../../sql/ddl/Schema.ts";
import type { SystemParts } from "./systemParts.ts";

/** Up to which moment each schedule has begun its runs. */
export const schedulesTable = "gantry_schedules";

/** None while no process is started by a schedule. */
export function scheduleSchema({ processes = [] }: Model): SystemParts {
  const isAny = processes.some(({ starts = [] }) => starts.some(({ kind }) => kind === "schedule"));
  return { tables: isAny ? [schedules] : [], functions: [] };
}

const path = ["processes"];

const schedules: Table = {
  name: schedulesTable,
  path,
  columns: [
    column("name", "text"),
    column("at", "timestamptz"),
    // The newest that had it; schedules that no release has any more are forgotten.
    column("release", "bigint"),
  ],
  primaryKey: { name: `${schedulesTable}_pkey`, columns: ["name"] },
  foreignKeys: [],
  indexes: [],
};

function column(name: string, kind: "text" | "timestamptz" | "bigint"): Column {
  return { name, type: { kind }, nullable: false, default: null, path };
}
