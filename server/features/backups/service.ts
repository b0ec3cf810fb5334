export type { Backup } from "./Backup.ts";
export { type CopiedRows, copyRows } from "./copies/copyRows.ts";
export { backUp, backupEnded } from "./requestBackup.ts";
