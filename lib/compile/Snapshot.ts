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
  /** Of desired states; grows with each, and a runtime ignores what is older than what it was told last. */
  readonly revision: number;
  /** Which of the environment's releases serves; smaller than before after a rollback. */
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
  /** What the environment may not do for now; absent: nothing is held back. */
  readonly held?: HeldSpec;
  /** A second release beside the one that serves, on the same database. */
  readonly rollout?: RolloutSpec;
}

/** What is held back, each with the public sentence that says why. Reads go on, and nothing is lost. */
export interface HeldSpec {
  /** Changes through the APIs are refused (`plan_limit`). */
  readonly writes?: string;
  /** Runs of processes wait, however they began; whoever calls a process is told. */
  readonly processes?: string;
}

/** A release that is tried on some of the requests. Everything that apps do by themselves stays with the one that serves. */
export interface RolloutSpec {
  readonly candidate: CandidateSpec;
  readonly split: Split;
}

export interface CandidateSpec {
  readonly release: number;
  readonly commit: string;
  readonly snapshot: Snapshot;
}

/** Which requests a candidate gets. */
export type Split =
  /** Percent of all requests (0 to 100, also fractions), each by chance. */
  | { readonly by: "weight"; readonly percent: number }
  /** Requests with this header of this value. */
  | { readonly by: "header"; readonly name: string; readonly value: string }
  | { readonly by: "cookie"; readonly name: string; readonly value: string }
  /** Percent of the actors (users, keys, else addresses): each stays with what it got. */
  | { readonly by: "actor"; readonly percent: number };

/** How the releases that are served fare, side by side (`GET /environments/<id>/figures`). */
export interface ReleaseFigures {
  /** RFC 3339. */
  readonly at: string;
  readonly releases: readonly OneReleaseFigures[];
}

/** Counted since `since`: the difference of two answers with equal `since` is what happened between them. */
export interface OneReleaseFigures {
  readonly release: number;
  /** RFC 3339; since when this runtime serves it, in this split. */
  readonly since: string;
  readonly requests: number;
  /** Answers of status 500 and above. */
  readonly errors: number;
  /** Requests by duration: how many took at most `bounds[i]` ms and more than the bound before; the last is without bound. */
  readonly buckets: readonly number[];
}

/** Upper bounds of the buckets of durations in milliseconds, all but the last. */
export const durationBounds: readonly number[] = [
  1, 2, 3, 4, 5, 7, 10, 15, 20, 30, 50, 75, 100, 150, 200, 300, 500, 750, 1000, 1500, 2000, 3000, 5000, 10_000,
];

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
  readonly revision: number;
  readonly release: number;
  /** The candidate beside it. */
  readonly candidate?: number;
  readonly state: "ready" | "failed";
  /** Public sentence when failed. */
  readonly reason?: string;
}
