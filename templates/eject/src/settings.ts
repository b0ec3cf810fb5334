import { join } from "node:path";
import type { MailSpec } from "#lib/compile/Snapshot.ts";
import type { S3Options } from "#server/runtime/files/s3Store.ts";
import { SettingsReader } from "#server/runtime/SettingsReader.ts";

/** What the environment variables say (`.env.example` names them all). Only this file reads them. */
export interface Settings {
  readonly host: string;
  readonly port: number;
  /** The role that owns the tables: it brings the database to the model. Secret. */
  readonly ownerDatabaseUrl: string;
  /** The role that reads and writes rows; the same one where none is named. Secret. */
  readonly databaseUrl: string;
  /** Where callers find the app; null takes the address of each request. */
  readonly publicUrl: string | null;
  /** Contents of files, and keys that were made because none were given. */
  readonly dataFolder: string;
  /** Contents of files, where they are not in the data folder. */
  readonly s3: S3Options | null;
  /** How many proxies in front of the app write `X-Forwarded-For`. */
  readonly trustedProxies: number;
  readonly apiKeysFile: string;
  /** JSON: `{"current": "a", "keys": [{"id": "a", "key": "<32 bytes in base64url>"}]}`; null takes the data folder's. */
  readonly encryptionKeys: string | null;
  /** What processes, hooks and sign-in name: every variable whose name begins with `SECRET_`, without that. */
  readonly secrets: Readonly<Record<string, string>>;
  readonly mail: MailSpec | null;
  /** Hosts and networks that the app may reach although they are private. */
  readonly egressAllow: readonly string[];
  /** False leaves the database to `npm run migrate`. */
  readonly migrates: boolean;
}

/** Throws with every variable that is missing or malformed. */
export function readSettings(environment: NodeJS.ProcessEnv = process.env): Settings {
  const read = new SettingsReader(environment);
  const databaseUrl = read.requiredText("DATABASE_URL");
  const dataFolder = read.text("DATA_FOLDER") ?? "data";
  const settings: Settings = {
    host: read.text("HOST") ?? "0.0.0.0",
    port: read.number("PORT", { min: 0, max: 65_535, default: 3000 }),
    ownerDatabaseUrl: read.text("OWNER_DATABASE_URL") ?? databaseUrl,
    databaseUrl,
    publicUrl: read.url("PUBLIC_URL")?.replace(/\/+$/, "") ?? null,
    dataFolder,
    s3: s3Options(read),
    trustedProxies: read.number("TRUSTED_PROXIES", { min: 0, max: 10, default: 0 }),
    apiKeysFile: read.text("API_KEYS_FILE") ?? join(dataFolder, "api-keys.json"),
    encryptionKeys: read.text("ENCRYPTION_KEYS"),
    secrets: secretsIn(environment),
    mail: mailIn(read),
    egressAllow: (read.text("EGRESS_ALLOW") ?? "").split(/[\s,]+/).filter((host) => host !== ""),
    migrates: read.text("MIGRATE") !== "off",
  };
  if (read.problems.length > 0) throw new Error(`Settings are missing or malformed.\n${read.problems.join("\n")}`);
  return settings;
}

function s3Options(read: SettingsReader): S3Options | null {
  const endpoint = read.url("S3_ENDPOINT");
  if (endpoint === null) return null;
  return {
    endpoint,
    region: read.text("S3_REGION") ?? "us-east-1",
    bucket: read.requiredText("S3_BUCKET"),
    accessKeyId: read.requiredText("S3_KEY_ID"),
    secretAccessKey: read.requiredText("S3_SECRET"),
  };
}

function mailIn(read: SettingsReader): MailSpec | null {
  const url = read.url("MAIL_URL");
  return url === null ? null : { url, from: read.requiredText("MAIL_FROM"), isOwn: true };
}

function secretsIn(environment: NodeJS.ProcessEnv): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(environment).flatMap(([name, value]) =>
      name.startsWith("SECRET_") && value ? [[name.slice("SECRET_".length), value]] : [],
    ),
  );
}
