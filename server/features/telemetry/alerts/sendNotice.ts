import { AppError } from "#lib/errors/AppError.ts";
import { deliver } from "../../../mail/deliver.ts";
import { unseal } from "../../../secrets/seal.ts";
import { installationMail } from "../../environments/service.ts";
import { bodyOf, type Notice, subjectOf, textOf } from "./Notice.ts";
import { postWebhook } from "./postWebhook.ts";
import type { AlertRule } from "./rules.ts";

/** Tells whoever the rule names. Throws AppError with a public sentence where that could not be. */
export async function sendNotice(
  rule: Pick<AlertRule, "channel" | "target" | "secretSealed">,
  notice: Notice,
): Promise<void> {
  if (rule.channel === "mail") {
    if (!installationMail()) throw new AppError("unavailable", "This installation has no mail server.");
    const id = `${notice.id} ${notice.kind}`;
    return await deliver({ id, to: rule.target, subject: subjectOf(notice), text: textOf(notice) });
  }
  if (rule.secretSealed === null) throw new AppError("conflict", "The webhook has no secret. Make the rule anew.");
  const id = `${notice.id}.${notice.kind}`;
  await postWebhook({ url: rule.target, secret: unseal(rule.secretSealed), id, body: bodyOf(notice) });
}
