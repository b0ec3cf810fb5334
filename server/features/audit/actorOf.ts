import type { AuditActor } from "#db/schema/auditEntries.ts";
import type { Principal } from "../../access/Principal.ts";

/** Who did it, as it is kept. */
export function actorOf({ user, by, credentialId, credentialName }: Principal): AuditActor {
  const { id, name, email } = user;
  if (by === "session") return { kind: "person", id, name, email };
  return {
    kind: "token",
    ...{ id, name, email },
    ...(credentialId !== null && { tokenId: credentialId }),
    ...(credentialName !== undefined && { tokenName: credentialName }),
  };
}

/** What Gantry does by itself, such as a job. */
export const systemActor: AuditActor = { kind: "system", id: null, name: "Gantry" };
