import type { Principal } from "../../access/Principal.ts";
import type { Connection } from "../../database.ts";
import { clientAddress } from "../../http/clientAddress.ts";
import { actorOf } from "./actorOf.ts";
import { type AuditRecord, recordAudit } from "./recordAudit.ts";

/** Records that something leaves the organisation, before it does. */
export async function recordDownload(
  db: Connection,
  { headers }: Request,
  { who, ...record }: Omit<AuditRecord, "actor" | "address" | "userAgent"> & { readonly who: Principal },
): Promise<void> {
  const address = clientAddress(headers);
  await recordAudit(db, { ...record, actor: actorOf(who), address, userAgent: headers.get("user-agent") });
}
