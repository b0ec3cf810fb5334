import type { MonthUsage } from "./usageTypes.ts";

/** A month as a table: one row for each day, environment and kind. */
export function usageCsv({ entries, places }: Pick<MonthUsage, "entries" | "places">): string {
  const known = new Map(places.map((place) => [place.environmentId, place]));
  const rows = entries.map(({ day, kind, environmentId, amount }) => {
    const place = known.get(environmentId);
    return [day, place?.project ?? "", place?.environment ?? "", environmentId, kind, String(amount)];
  });
  const head = ["day", "project", "environment", "environment_id", "kind", "amount"];
  return `${[head, ...rows].map((row) => row.map(cell).join(",")).join("\r\n")}\r\n`;
}

/** Quoted where it has to be; what a spreadsheet would run as a formula is taken as text. */
function cell(text: string): string {
  const plain = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}
