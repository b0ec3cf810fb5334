export type { Backup } from "./Backup.ts";
export { backUp, backupEnded } from "./requestBackup.ts";
