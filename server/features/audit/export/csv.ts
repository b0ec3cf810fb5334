import type { ChainedEntry } from "../AuditEntry.ts";
import { canonicalJson } from "../canonicalJson.ts";

const columns = [
  ...["sequence", "at", "actor", "actor_email", "actor_kind", "token", "action", "outcome", "target", "project"],
  ...["address", "user_agent", "before", "after", "hash"],
];

export const csvHeader = `${columns.join(",")}\r\n`;

export function csvRow(entry: ChainedEntry): string {
  const { actor } = entry;
  const cells = [
    ...[String(entry.sequence), entry.at, actor.name, actor.email ?? "", actor.kind, actor.tokenName ?? ""],
    ...[entry.action, entry.outcome, entry.target ?? "", entry.project ?? "", entry.address ?? ""],
    ...[entry.userAgent ?? "", valueText(entry.before), valueText(entry.after), entry.hash],
  ];
  return `${cells.map(cell).join(",")}\r\n`;
}

function valueText(value: unknown): string {
  return value === null ? "" : canonicalJson(value);
}

/** What a spreadsheet would take for a formula is text to it. */
function cell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
