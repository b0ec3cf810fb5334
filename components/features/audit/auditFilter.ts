/** What is looked for, as the form has it: empty texts are anything. */
export interface AuditFilter {
  readonly words: string;
  readonly actor: string;
  readonly action: string;
  readonly project: string;
  /** Days, such as 2026-03-01, in the time zone of whoever looks. */
  readonly from: string;
  readonly until: string;
}

export const everything: AuditFilter = { words: "", actor: "", action: "", project: "", from: "", until: "" };

/** The same as the server is asked. */
export function auditQuery({ words, actor, action, project, from, until }: AuditFilter) {
  return {
    ...(words.trim() !== "" && { words: words.trim() }),
    ...(actor !== "" && { actor }),
    ...(action !== "" && { action }),
    ...(project !== "" && { projectId: project }),
    ...(from !== "" && { from: new Date(`${from}T00:00:00`) }),
    ...(until !== "" && { until: new Date(`${until}T23:59:59.999`) }),
  };
}

/** Where what is looked for is to be had as a file. */
export function exportAddress(organisation: string, format: "csv" | "ndjson", filter: AuditFilter): string {
  const query = new URLSearchParams({ format });
  for (const [name, value] of Object.entries(auditQuery(filter))) {
    query.set(name, value instanceof Date ? value.toISOString() : value);
  }
  return `/api/audit/${encodeURIComponent(organisation)}?${query}`;
}
