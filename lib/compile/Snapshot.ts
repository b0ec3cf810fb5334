import type { Model } from "../model/types.ts";
import type { ColumnPlaces } from "./schema/placeColumns.ts";

/** What the runtime loads: one verified model at one commit. Immutable; equal models have equal hashes. */
export interface Snapshot {
  readonly format: 1;
  /** Hex SHA-256 of the canonical JSON of `model`. */
  readonly hash: string;
  readonly model: Model;
}

/**
 * A release's snapshot as it is kept: `snapshot` with the stored names of the sources, and the columns that really hold
 * its attributes in the environment's database. What a runtime is sent has those columns in its model.
 */
export interface ReleaseSnapshot extends Snapshot {
  /** Absent before the release's plan has run, and where every column has the name that the model says. */
  readonly places?: ColumnPlaces;
}

/**
 * The desired state of one environment on a runtime: the whole contract between the control plane and the runtime.
 * Sent to `PUT /environments/<id>` on the runtime's admin port; the runtime keeps it on disk and resumes with it.
 */
export interface EnvironmentSpec {
  readonly id: string;
  /** Label of the app's URL: `<label>.<apps domain>` and `/apps/<label>`. */
  readonly label: string;
  /** Grows with every deploy; a runtime ignores a spec older than the one it serves. */
  readonly release: number;
  readonly commit: string;
  readonly snapshot: Snapshot;
  /** Connection string of the environment's own role (reads and writes rows, no DDL) on its own database. */
  readonly databaseUrl: string;
  readonly apiKeys: readonly ApiKeySpec[];
  /** The keys of encrypted attributes; an app that has some is not served without. */
  readonly encryption?: EncryptionSpec;
  /** Values that processes, hooks and sign-in name, such as `STRIPE_SECRET`. Secret. */
  readonly secrets?: Readonly<Record<string, string>>;
  /** Absent: mail cannot be sent. */
  readonly mail?: MailSpec;
  readonly egress?: EgressSpec;
}

export interface MailSpec {
  /** `smtp://` or `smtps://`, with user and password where they are wanted. Secret. */
  readonly url: string;
  /** `Sales <sales@example.com>` */
  readonly from: string;
  /** The installation's own server, which may be on its network: no exception has to name it. */
  readonly isOwn?: true;
}

/** What an app may reach besides public addresses. */
export interface EgressSpec {
  /** Host names, addresses and networks (`10.1.0.0/16`), each perhaps with a port (`db.internal:8080`). */
  readonly allow: readonly string[];
}

/** New values are sealed with the current key; all keys open what they have sealed. Secret. */
export interface EncryptionSpec {
  /** A key is 32 bytes in base64url. */
  readonly keys: readonly { readonly id: string; readonly key: string }[];
  readonly current: string;
}

export interface ApiKeySpec {
  readonly id: string;
  /** Hex SHA-256 of the whole key (keys are 256 random bits, so a fast hash is enough). */
  readonly hash: string;
  /** RFC 3339; null never expires. */
  readonly expiresAt: string | null;
  /** Names of roles of the app: policies decide what the key may. Absent makes it a service key, which may all. */
  readonly roles?: readonly string[];
  /** Requests with it may name another actor to run as (`Gantry-Act-As`), and ask which rule decides. */
  readonly actAs?: boolean;
}

/** What a runtime says of one environment (`GET /environments/<id>`). */
export interface EnvironmentStatus {
  readonly id: string;
  readonly release: number;
  readonly state: "ready" | "failed";
  /** Public sentence when failed. */
  readonly reason?: string;
}
