import { createHash } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createTransport } from "nodemailer";
import { AppError } from "#lib/errors/AppError.ts";
import { env } from "../env.ts";
import { installationMail } from "../features/environments/service.ts";
import type { Mail } from "./sendMail.ts";

const answerMilliseconds = 15_000;
const closed = { disableFileAccess: true, disableUrlAccess: true } as const;

/**
 * Hands a mail to the installation's server, or writes it to a file where there is none. `id` names the mail, so that
 * one that is sent again is known as the same. Throws `unavailable` where the server did not take it.
 */
export async function deliver({ id, to, subject, text }: Mail & { readonly id: string }): Promise<void> {
  const server = installationMail();
  const from = server?.from ?? "gantry@localhost";
  const key = createHash("sha256").update(id).digest("hex").slice(0, 40);
  const host = from.split("@").at(-1)?.replace(/>$/, "") ?? "localhost";
  const message = { from, to, subject, text, messageId: `<${key}@${host}>`, ...closed };
  if (!server) {
    const { message: content } = await createTransport({ streamTransport: true, buffer: true }).sendMail(message);
    return await keep(key, content);
  }
  const transport = createTransport(server.url, {
    ...closed,
    connectionTimeout: answerMilliseconds,
    greetingTimeout: answerMilliseconds,
    socketTimeout: answerMilliseconds,
  });
  try {
    await transport.sendMail(message);
  } catch (cause) {
    throw new AppError("unavailable", "The mail server of this installation did not take the mail.", { cause });
  } finally {
    transport.close();
  }
}

/** Readable by whoever runs the installation alone: links in it open things. */
async function keep(key: string, content: unknown): Promise<void> {
  if (!Buffer.isBuffer(content)) throw new Error("A mail was not written to a buffer.");
  const folder = join(env().GANTRY_DATA, "mail");
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await writeFile(join(folder, `${key}.eml`), content, { mode: 0o600 });
}
