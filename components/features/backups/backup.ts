import type { inferRouterOutputs } from "@trpc/server";
import type { AppRouter } from "#server/trpc/root.ts";

type Outputs = inferRouterOutputs<AppRouter>["backups"];

export type BackupList = Outputs["list"];
export type Backup = BackupList["backups"][number];
export type Restore = BackupList["restores"][number];
export type BackupSettings = Outputs["settings"]["get"];

export const reasonTexts: Record<Backup["reason"], string> = {
  hand: "By hand",
  schedule: "By schedule",
  contract: "Before a deletion",
};

const units = ["bytes", "KB", "MB", "GB", "TB"];

/** `12.4 MB`; of less than ten one digit after the point. */
export function sizeText(bytes: number): string {
  let size = bytes;
  let unit = 0;
  for (; size >= 1000 && unit < units.length - 1; unit += 1) size /= 1000;
  return `${unit === 0 || size >= 100 ? Math.round(size) : size.toFixed(1)} ${units[unit]}`;
}

export function rowsText(rows: number): string {
  return rows === 1 ? "1 row" : `${rows.toLocaleString("en")} rows`;
}
