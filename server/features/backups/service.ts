export type { Backup } from "./Backup.ts";
export { copyRows } from "./copies/copyRows.ts";
export { exportRows } from "./exportRows.ts";
export { backUp, backupEnded } from "./requestBackup.ts";
