import { eq } from "drizzle-orm";
import { environmentSecrets } from "#db/schema/environmentSecrets.ts";
import { environments } from "#db/schema/environments.ts";
import type { EgressSpec, MailSpec } from "#lib/compile/Snapshot.ts";
import type { Connection } from "../../database.ts";
import { env } from "../../env.ts";
import { seal, unseal } from "../../secrets/seal.ts";

type Environment = typeof environments.$inferSelect;

/** How an app reaches what is outside: the parts of its specification. Secret. */
export interface OutboundSettings {
  readonly secrets?: Readonly<Record<string, string>>;
  readonly mail?: MailSpec;
  readonly egress?: EgressSpec;
}

export async function outboundSettings(db: Connection, environment: Environment): Promise<OutboundSettings> {
  const rows = await db
    .select({ name: environmentSecrets.name, valueSealed: environmentSecrets.valueSealed })
    .from(environmentSecrets)
    .where(eq(environmentSecrets.environmentId, environment.id))
    .orderBy(environmentSecrets.name);
  const secrets = Object.fromEntries(rows.map(({ name, valueSealed }) => [name, unseal(valueSealed)]));
  const mail = ownMail(environment) ?? installationMail();
  const allow = allowsPrivateEgress() ? (environment.egressAllow ?? []) : [];
  return {
    ...(rows.length > 0 && { secrets }),
    ...(mail && { mail }),
    ...(allow.length > 0 && { egress: { allow } }),
  };
}

/** The mail server that was set for the environment. Secret. */
export function ownMail({ mailSealed }: Environment): MailSpec | null {
  return mailSealed === null ? null : (JSON.parse(unseal(mailSealed)) as MailSpec);
}

export async function keepMail(db: Connection, id: string, mail: MailSpec | null): Promise<Environment> {
  return await update(db, id, { mailSealed: mail && seal(JSON.stringify(mail)) });
}

export async function keepEgress(db: Connection, id: string, allow: readonly string[]): Promise<Environment> {
  return await update(db, id, { egressAllow: allow.length === 0 ? null : [...allow] });
}

/** The installation's own server, for apps without one; null where there is none. */
export function installationMail(): MailSpec | null {
  const { GANTRY_MAIL_URL: url, GANTRY_MAIL_FROM: from } = env();
  return url && from ? { url, from, isOwn: true } : null;
}

/**
 * Whether owners of projects may open addresses of this machine and its networks to their apps. On an installation for
 * strangers they may not: it would be a way into the network behind it (docs/decisions/0006, 0032).
 */
export function allowsPrivateEgress(): boolean {
  const { GANTRY_ALLOW_PRIVATE_EGRESS: said, NEXTAUTH_URL: web } = env();
  if (said !== undefined) return said;
  return /^(?:localhost|(?:.+\.)?localhost|127(?:\.\d+){3}|\[::1\])$/.test(new URL(web).hostname);
}

async function update(
  db: Connection,
  id: string,
  values: Partial<Pick<Environment, "mailSealed" | "egressAllow">>,
): Promise<Environment> {
  const [environment] = await db.update(environments).set(values).where(eq(environments.id, id)).returning();
  if (!environment) throw new Error(`Environment ${id} is not there.`);
  return environment;
}
