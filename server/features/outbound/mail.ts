import type { MailSpec } from "#lib/compile/Snapshot.ts";
import { AppError } from "#lib/errors/AppError.ts";
import { configuredDriver } from "../../deploy/configuredDriver.ts";
import { tellLive, withSpecLock } from "../deployments/service.ts";
import { type Environment, installationMail, keepMail, ownMail } from "../environments/service.ts";

/** The mail server as people set it. The password goes in and does not come back. */
export interface MailInput {
  readonly host: string;
  readonly port: number;
  /** TLS from the first byte; otherwise the connection is encrypted where the server offers it. */
  readonly tls: boolean;
  readonly user: string;
  /** Null keeps the one that is there. */
  readonly password: string | null;
  readonly from: string;
}

/** `source` says whose server is used: the environment's own, the installation's, or none. */
export function mailSettings(environment: Environment) {
  const own = ownMail(environment);
  if (!own) {
    const installation = installationMail();
    return { source: installation ? ("installation" as const) : null, server: null, from: installation?.from ?? null };
  }
  const url = new URL(own.url);
  const tls = url.protocol === "smtps:";
  const server = {
    host: url.hostname,
    port: url.port === "" ? (tls ? 465 : 587) : Number(url.port),
    tls,
    user: decodeURIComponent(url.username),
    hasPassword: url.password !== "",
  };
  return { source: "own" as const, server, from: own.from };
}

export async function setMail(environmentId: string, input: MailInput): Promise<void> {
  await withSpecLock(environmentId, async (db, environment) => {
    const kept = ownMail(environment);
    await tellLive(db, await keepMail(db, environmentId, mailSpec(input, kept)));
  });
}

export async function clearMail(environmentId: string): Promise<void> {
  await withSpecLock(environmentId, async (db) => tellLive(db, await keepMail(db, environmentId, null)));
}

/** Has the runtime send a mail by the server that the app would use. Throws AppError with the reason where it could not. */
export async function sendTestMail(environment: Environment, to: string): Promise<void> {
  if (environment.release === null) throw new AppError("conflict", "Deploy the app first: it sends the mail itself.");
  const reason = await configuredDriver().testMail(environment.id, to);
  if (reason !== null) throw new AppError("conflict", reason);
}

function mailSpec({ host, port, tls, user, password, from }: MailInput, kept: MailSpec | null): MailSpec {
  const address = `${tls ? "smtps" : "smtp"}://${host}:${port}`;
  if (!URL.canParse(address)) {
    const message = "Give a host name such as mail.example.com.";
    throw new AppError("invalid_input", message, { fields: [{ field: "host", rule: "pattern", message }] });
  }
  const url = new URL(address);
  url.username = encodeURIComponent(user);
  // A password goes to no other server than the one that it was given for.
  const isSame = kept && new URL(kept.url).host === url.host && decodeURIComponent(new URL(kept.url).username) === user;
  url.password = password === null ? (isSame ? new URL(kept.url).password : "") : encodeURIComponent(password);
  return { url: url.href, from };
}
