import type { ChainedEntry } from "../AuditEntry.ts";

interface Sent {
  readonly organisation: { readonly id: string; readonly slug: string };
  readonly entries: readonly ChainedEntry[];
  readonly type: "audit.entries" | "audit.test";
}

/** A request of a stream: a CloudEvent whose id is the same however often these entries are sent. */
export function streamBody({ organisation: { id: organisation, slug }, entries, type }: Sent) {
  const [first] = entries;
  const last = entries.at(-1);
  const part = first && last ? `${first.sequence}-${last.sequence}` : crypto.randomUUID();
  const id = `audit_${organisation}_${part}`;
  const body = JSON.stringify({
    specversion: "1.0",
    id,
    source: `/organisations/${organisation}`,
    type: `gantry.${type}`,
    time: last?.at ?? new Date().toISOString(),
    datacontenttype: "application/json",
    data: { organisation: { id: organisation, slug }, entries },
  });
  return { id, body };
}
