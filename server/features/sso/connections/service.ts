import { and, asc, eq, isNotNull, sql } from "drizzle-orm";
import { ssoConnections } from "#db/schema/ssoConnections.ts";
import { AppError } from "#lib/errors/AppError.ts";
import type { Connection } from "../../../database.ts";
import { seal, unseal } from "../../../secrets/seal.ts";
import { guardedFetch } from "../guardedFetch.ts";
import { configurationOf, type OidcClient } from "../oidc/oidcClient.ts";
import { oidcCallback, samlAddresses } from "../saml/addresses.ts";
import { showCertificate } from "../saml/certificate.ts";
import { type ProviderMetadata, readMetadata } from "../saml/readMetadata.ts";
import type { SamlProvider } from "../saml/samlProvider.ts";

export type SsoConnection = typeof ssoConnections.$inferSelect;

const mostConnections = 10;

/** What is typed in for a connection. */
export type ConnectionInput = {
  readonly name: string;
  readonly groupsClaim: string;
  readonly allowsUnasked: boolean;
} & (
  | {
      readonly kind: "oidc";
      readonly issuer: string;
      readonly clientId: string;
      /** Null: the one that is kept stays. */
      readonly clientSecret: string | null;
    }
  | {
      readonly kind: "saml";
      /** Either of them; both null: what is kept stays. */
      readonly metadataUrl: string | null;
      readonly metadata: string | null;
    }
);

export async function listConnections(db: Connection, organisationId: string) {
  const rows = await db
    .select()
    .from(ssoConnections)
    .where(eq(ssoConnections.organisationId, organisationId))
    .orderBy(asc(ssoConnections.createdAt), asc(ssoConnections.id));
  return rows.map(shownConnection);
}

/** Throws `not_found`. */
export async function findConnection(db: Connection, organisationId: string, id: string): Promise<SsoConnection> {
  const [row] = await db
    .select()
    .from(ssoConnections)
    .where(and(eq(ssoConnections.organisationId, organisationId), eq(ssoConnections.id, id)));
  if (!row) throw unknownConnection();
  return row;
}

/** Of whichever organisation; `db` must see all. Throws `not_found`. */
export async function connectionById(db: Connection, id: string): Promise<SsoConnection> {
  const [row] = await db.select().from(ssoConnections).where(eq(ssoConnections.id, id));
  if (!row) throw unknownConnection();
  return row;
}

/** Reads what the provider says of itself, so that nothing is kept that cannot work. It begins switched off. */
export async function createConnection(db: Connection, organisationId: string, input: ConnectionInput) {
  if ((await listConnections(db, organisationId)).length >= mostConnections) {
    throw new AppError("conflict", `An organisation can have ${mostConnections} connections.`);
  }
  const values = await valuesOf(input, null);
  const [row] = await db
    .insert(ssoConnections)
    .values({ organisationId, kind: input.kind, ...values })
    .returning();
  if (!row) throw new Error("An inserted row was not returned.");
  return shownConnection(row);
}

export async function changeConnection(db: Connection, { organisationId, id }: SsoConnection, input: ConnectionInput) {
  const row = await findConnection(db, organisationId, id);
  if (row.kind !== input.kind) throw new AppError("invalid_request", "The kind of a connection stays.");
  const values = await valuesOf(input, row);
  const [changed] = await db.update(ssoConnections).set(values).where(eq(ssoConnections.id, row.id)).returning();
  return shownConnection(changed ?? row);
}

/** Lets it sign people in, or no longer. */
export async function switchConnection(db: Connection, row: SsoConnection, on: boolean) {
  if (on && row.triedAt === null) {
    throw new AppError("conflict", "Try the connection first: switch it on once you have come through it yourself.");
  }
  const [changed] = await db
    .update(ssoConnections)
    .set({ enabledAt: on ? sql`coalesce(${ssoConnections.enabledAt}, now())` : null })
    .where(eq(ssoConnections.id, row.id))
    .returning();
  return shownConnection(changed ?? row);
}

export async function removeConnection(db: Connection, row: SsoConnection): Promise<void> {
  await db.delete(ssoConnections).where(eq(ssoConnections.id, row.id));
}

/** Whether people can come in by any. */
export async function hasEnabledConnection(db: Connection, organisationId: string): Promise<boolean> {
  const [row] = await db
    .select({ id: ssoConnections.id })
    .from(ssoConnections)
    .where(and(eq(ssoConnections.organisationId, organisationId), isNotNull(ssoConnections.enabledAt)))
    .limit(1);
  return row !== undefined;
}

/** Reads the metadata of connections that name where it is; new certificates are taken over, and old ones go. */
export async function readMetadataAgain(db: Connection, row: SsoConnection): Promise<SsoConnection> {
  if (row.metadataUrl === null) return row;
  const values = await fetchMetadata(row.metadataUrl)
    .then((metadata) => {
      // Another provider at the same address is nobody whom somebody here has let in.
      if (metadata.entityId !== row.entityId)
        throw new AppError("conflict", "The metadata is of another provider now.");
      return { ...samlValues(metadata), metadataFailure: null };
    })
    .catch((error: unknown) => {
      if (!(error instanceof AppError)) throw error;
      return { metadataFailure: error.message };
    });
  const [changed] = await db.update(ssoConnections).set(values).where(eq(ssoConnections.id, row.id)).returning();
  return changed ?? row;
}

export function oidcClientOf({ name, issuer, clientId, clientSecretSealed, groupsClaim }: SsoConnection): OidcClient {
  if (issuer === null || clientId === null || clientSecretSealed === null)
    throw new Error("This is no OIDC connection.");
  return { name, issuer, clientId, clientSecret: unseal(clientSecretSealed), groupsClaim };
}

export function samlProviderOf({
  id,
  name,
  entityId,
  signInUrl,
  certificates,
  groupsClaim,
}: SsoConnection): SamlProvider {
  if (entityId === null || signInUrl === null) throw new Error("This is no SAML connection.");
  return { connectionId: id, name, entityId, signInUrl, certificates, groupsClaim };
}

/** Without its secret. */
export function shownConnection(row: SsoConnection) {
  const { id, kind, name, issuer, clientId, entityId, signInUrl, metadataUrl, metadataReadAt, metadataFailure } = row;
  const { allowsUnasked, groupsClaim, triedAt, enabledAt, createdAt } = row;
  const ours = kind === "oidc" ? { callback: oidcCallback(), entityId: null } : samlAddresses(id);
  return {
    ...{ id, kind, name, issuer, clientId, entityId, signInUrl, metadataUrl, metadataReadAt, metadataFailure },
    ...{ allowsUnasked, groupsClaim, triedAt, enabledAt, createdAt, ours },
    certificates: row.certificates.map(showCertificate),
  };
}

async function valuesOf(input: ConnectionInput, known: SsoConnection | null) {
  const { name, groupsClaim, allowsUnasked } = input;
  const provider = input.kind === "oidc" ? await oidcValues(input, known) : await samlInput(input, known);
  // Another provider has to be tried anew.
  const isSame =
    known !== null && known.issuer === (provider.issuer ?? null) && known.entityId === (provider.entityId ?? null);
  return { name, groupsClaim, allowsUnasked, ...provider, ...(!isSame && { triedAt: null, enabledAt: null }) };
}

async function oidcValues(
  { name, groupsClaim, issuer, clientId, clientSecret }: ConnectionInput & { readonly kind: "oidc" },
  known: SsoConnection | null,
) {
  const sealed = clientSecret === null ? (known?.clientSecretSealed ?? null) : seal(clientSecret);
  // A kept secret is told only to the provider for which it was typed in.
  if (sealed === null || (clientSecret === null && known?.issuer !== issuer)) {
    throw fieldError("clientSecret", "Type the client secret.");
  }
  const client = { name, issuer, clientId, clientSecret: unseal(sealed), groupsClaim };
  await configurationOf(client).catch((error: unknown) => {
    if (error instanceof AppError) throw fieldError("issuer", error.message);
    throw error;
  });
  return { issuer, clientId, clientSecretSealed: sealed, entityId: null };
}

async function samlInput(
  { metadataUrl, metadata }: ConnectionInput & { readonly kind: "saml" },
  known: SsoConnection | null,
) {
  if (metadataUrl !== null)
    return { ...samlValues(await fetchMetadata(metadataUrl)), metadataUrl, metadataFailure: null };
  if (metadata !== null) return { ...samlValues(readMetadata(metadata)), metadataUrl: null, metadataFailure: null };
  if (known === null) throw fieldError("metadata", "Paste the provider's metadata, or say where it is.");
  return { issuer: null, entityId: known.entityId };
}

function samlValues({ entityId, signInUrl, certificates }: ProviderMetadata) {
  return { issuer: null, entityId, signInUrl, certificates: [...certificates], metadataReadAt: new Date() };
}

async function fetchMetadata(url: string): Promise<ProviderMetadata> {
  try {
    const response = await guardedFetch(url, {
      headers: { accept: "application/samlmetadata+xml, application/xml, text/xml" },
    });
    if (response.status !== 200) throw new AppError("unavailable", `${url} answered with ${response.status}.`);
    return readMetadata(await response.text());
  } catch (error) {
    if (error instanceof AppError) throw fieldError("metadataUrl", error.message);
    throw error;
  }
}

function fieldError(field: string, message: string): AppError {
  return new AppError("invalid_input", message, { fields: [{ field, rule: "provider", message }] });
}

function unknownConnection(): AppError {
  return new AppError("not_found", "There is no such connection.");
}
