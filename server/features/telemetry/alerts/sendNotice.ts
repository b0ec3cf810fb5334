import { createHash } from "node:crypto";
import { createTransport } from "nodemailer";
import { AppError } from "#lib/errors/AppError.ts";
import { unseal } from "../../../secrets/seal.ts";
import { installationMail } from "../../environments/service.ts";
import { bodyOf, type Notice, subjectOf, textOf } from "./Notice.ts";
import { postWebhook } from "./postWebhook.ts";
import type { AlertRule } from "./rules.ts";

const answerMilliseconds = 15_000;

/** Tells whoever the rule names. Throws AppError with a public sentence where that could not be. */
export async function sendNotice(
  rule: Pick<AlertRule, "channel" | "target" | "secretSealed">,
  notice: Notice,
): Promise<void> {
  if (rule.channel === "mail") return await mail(rule.target, notice);
  if (rule.secretSealed === null) throw new AppError("conflict", "The webhook has no secret. Make the rule anew.");
  const id = `${notice.id}.${notice.kind}`;
  await postWebhook({ url: rule.target, secret: unseal(rule.secretSealed), id, body: bodyOf(notice) });
}

async function mail(to: string, notice: Notice): Promise<void> {
  const server = installationMail();
  if (!server) throw new AppError("unavailable", "This installation has no mail server.");
  const transport = createTransport(server.url, {
    disableFileAccess: true,
    disableUrlAccess: true,
    connectionTimeout: answerMilliseconds,
    greetingTimeout: answerMilliseconds,
    socketTimeout: answerMilliseconds,
  });
  const key = createHash("sha256").update(`${notice.id} ${notice.kind}`).digest("hex").slice(0, 40);
  try {
    await transport.sendMail({
      from: server.from,
      to,
      subject: subjectOf(notice),
      text: textOf(notice),
      // A mail that is sent again is known as the same.
      messageId: `<${key}@${server.from.split("@").at(-1)?.replace(/>$/, "") ?? "localhost"}>`,
      disableFileAccess: true,
      disableUrlAccess: true,
    });
  } catch (cause) {
    throw new AppError("unavailable", "The mail server of this installation did not take the mail.", { cause });
  } finally {
    transport.close();
  }
}
