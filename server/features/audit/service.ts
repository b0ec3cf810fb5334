export { actorOf, systemActor } from "./actorOf.ts";
export { startAuditing } from "./auditing.ts";
export { recordAudit } from "./recordAudit.ts";
export { recordDownload } from "./recordDownload.ts";
export { recordForPerson } from "./recordForPerson.ts";
