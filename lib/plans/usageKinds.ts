interface UsageKind {
  readonly title: string;
  /** `sum`: counted as it happens; `stored`: looked at, of which a day keeps the most. */
  readonly how: "sum" | "stored";
  readonly unit: "count" | "bytes";
}

/** What apps use, as it is counted by environment and day (UTC). Counts alone: never data, addresses or names of people. */
export const usageKinds = {
  reads: { title: "Reads", how: "sum", unit: "count" },
  writes: { title: "Writes", how: "sum", unit: "count" },
  processRuns: { title: "Process runs", how: "sum", unit: "count" },
  functionCalls: { title: "Function calls", how: "sum", unit: "count" },
  mails: { title: "Mails", how: "sum", unit: "count" },
  bytesOut: { title: "Data sent", how: "sum", unit: "bytes" },
  databaseBytes: { title: "Database", how: "stored", unit: "bytes" },
  fileBytes: { title: "Files", how: "stored", unit: "bytes" },
} as const satisfies Record<string, UsageKind>;

export type UsageKindName = keyof typeof usageKinds;

export const usageKindNames = Object.keys(usageKinds) as readonly UsageKindName[];
