export { egressSettings, setEgress } from "./egress.ts";
export { clearMail, mailSettings, sendTestMail, setMail } from "./mail.ts";
export { listSecrets, removeSecret, setSecret } from "./secrets.ts";
