import { installationMail } from "../features/environments/service.ts";

/** Whether mails leave this installation; else they are files that whoever runs it can read. */
export function hasMailServer(): boolean {
  return installationMail() !== null;
}
