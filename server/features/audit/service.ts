export { actorOf, systemActor } from "./actorOf.ts";
export { type Auditing, startAuditing } from "./auditing.ts";
export { type AuditRecord, recordAudit } from "./recordAudit.ts";
export { recordDownload } from "./recordDownload.ts";
export { recordForPerson } from "./recordForPerson.ts";
