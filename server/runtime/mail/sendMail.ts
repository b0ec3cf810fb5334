import { createHash } from "node:crypto";
import type { Socket } from "node:net";
import { createTransport } from "nodemailer";
import type { EnvironmentSpec, MailSpec } from "#lib/compile/Snapshot.ts";
import { AppError } from "#lib/errors/AppError.ts";
import { isPublicAddress } from "#lib/network/publicAddress.ts";
import { EgressError } from "../egress/EgressError.ts";
import { outConnect } from "../egress/outConnect.ts";
import type { EnvironmentTelemetry } from "../telemetry/EnvironmentTelemetry.ts";
import { readRecipient } from "./readRecipient.ts";

export interface Mail {
  readonly to: string | readonly string[];
  readonly subject: string;
  /** Plain text. */
  readonly text: string;
  /** Mails with one key are told apart from others by their Message-ID, so that a repeated one is known as that. */
  readonly key?: string;
}

/** The part of an environment that mail needs. */
export interface Mailer {
  readonly spec: Pick<EnvironmentSpec, "mail" | "egress">;
  /** Where mails that were taken are counted. */
  readonly telemetry?: Pick<EnvironmentTelemetry, "use">;
}

const mostRecipients = 50;
const answerSeconds = 30;

/**
 * Hands a mail to the environment's server; done when the server has taken it. Throws AppError: `invalid_input` where
 * another attempt would fare the same, `unavailable` where it may do better, also while there is no server.
 */
export async function sendMail(
  { spec, telemetry }: Mailer,
  { to, subject, text, key }: Mail,
  signal?: AbortSignal,
): Promise<void> {
  const { mail } = spec;
  if (!mail) {
    throw new AppError("unavailable", "This app has no mail server. Name one in the settings of its environment.");
  }
  const server = readServer(mail);
  const recipients = recipientsOf(typeof to === "string" ? [to] : to);
  const from = readRecipient(mail.from);
  if (!from) throw new AppError("unavailable", "The sender in the mail settings is no address.");
  const socket = await connection(server, spec, signal);
  const transport = createTransport({
    ...server,
    connection: socket,
    // Nobody on the way may read the password.
    requireTLS: !server.secure && server.auth !== undefined && isPublicAddress(socket.remoteAddress ?? ""),
    disableFileAccess: true,
    disableUrlAccess: true,
    greetingTimeout: 1000 * answerSeconds,
    socketTimeout: 1000 * answerSeconds,
  });
  const stop = () => socket.destroy();
  signal?.addEventListener("abort", stop);
  try {
    await transport.sendMail({
      from,
      to: recipients,
      subject: subject.replaceAll(/[\r\n]+/g, " "),
      text,
      ...(key !== undefined && { messageId: messageId(key, from.address) }),
    });
    telemetry?.use("mails", recipients.length);
  } catch (error) {
    throw failureOf(error);
  } finally {
    signal?.removeEventListener("abort", stop);
    transport.close();
    socket.destroy();
  }
}

interface Server {
  readonly host: string;
  readonly port: number;
  readonly secure: boolean;
  readonly auth?: { readonly user: string; readonly pass: string };
}

function readServer({ url: text }: MailSpec): Server {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || (url.protocol !== "smtp:" && url.protocol !== "smtps:") || url.hostname === "") {
    throw new AppError("unavailable", "The mail server in the settings is no address such as smtp://mail.example.com.");
  }
  const secure = url.protocol === "smtps:";
  const [user, pass] = [decodeURIComponent(url.username), decodeURIComponent(url.password)];
  return {
    host: url.hostname.replace(/^\[|\]$/g, ""),
    port: url.port === "" ? (secure ? 465 : 587) : Number(url.port),
    secure,
    ...(user !== "" && { auth: { user, pass } }),
  };
}

async function connection({ host, port }: Server, spec: Mailer["spec"], signal?: AbortSignal): Promise<Socket> {
  const allow = [...(spec.egress?.allow ?? [])];
  if (spec.mail?.isOwn) allow.push(host.includes(":") ? `[${host}]:${port}` : `${host}:${port}`);
  try {
    return await outConnect({ host, port }, { allow, ...(signal && { signal }) });
  } catch (cause) {
    if (!(cause instanceof EgressError)) throw cause;
    throw new AppError("unavailable", `The mail server could not be reached. ${cause.message}`, { cause });
  }
}

function recipientsOf(texts: readonly string[]) {
  if (texts.length === 0 || texts.length > mostRecipients) {
    throw new AppError("invalid_input", `A mail goes to at least one and at most ${mostRecipients} addresses.`);
  }
  return texts.map((text) => {
    const recipient = readRecipient(text);
    if (recipient) return recipient;
    throw new AppError("invalid_input", `"${text.slice(0, 100)}" is no mail address.`);
  });
}

function messageId(key: string, from: string): string {
  const [, domain = "localhost"] = from.split("@");
  return `<${createHash("sha256").update(key).digest("hex").slice(0, 40)}@${domain}>`;
}

function failureOf(error: unknown): AppError {
  const code = error instanceof Error && "responseCode" in error ? Number(error.responseCode) : 0;
  if (error instanceof Error && "code" in error && error.code === "EAUTH") {
    return new AppError("unavailable", "The mail server does not take the user and password of the settings.", {
      cause: error,
    });
  }
  if (code >= 500) {
    return new AppError("invalid_input", `The mail server refused the mail (${code}).`, { cause: error });
  }
  const detail = code > 0 ? ` (${code})` : "";
  return new AppError("unavailable", `The mail server did not take the mail${detail}.`, { cause: error });
}
