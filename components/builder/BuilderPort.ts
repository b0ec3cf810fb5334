import type { Sources } from "#lib/model/sources.ts";
import type { TesterSession } from "./policies/tester/TesterSession.ts";
import type { ChangedFiles } from "./state/changedFiles.ts";

/** Who made a commit, when and why. */
export interface CommitSummary {
  readonly commit: string;
  readonly author: string;
  /** RFC 3339. */
  readonly at: string;
  readonly message: string;
}

/** The files as they stand at one commit. */
export interface Revision {
  readonly commit: string;
  readonly files: Sources;
  readonly lastCommit: CommitSummary | null;
}

export interface SaveRequest {
  /** The commit that the changes were made on. */
  readonly base: string;
  readonly files: ChangedFiles;
  readonly message?: string;
}

/** Somebody else saved first. Nothing was written. */
export interface Divergence {
  readonly status: "diverged";
  readonly theirs: CommitSummary & {
    /** What they changed, as sentences. */
    readonly changes: readonly string[];
  };
  /** Their files with ours on top; where both changed the same thing, ours. */
  readonly merged: Sources;
  /** Where both changed the same thing, as sentences. */
  readonly conflicts: readonly string[];
}

export type SaveResult = { readonly status: "saved"; readonly saved: CommitSummary } | Divergence;

/** What the builder asks of whoever keeps the sources. Each may reject with an `Error` whose message is for people. */
export interface BuilderPort {
  /** Why whoever looks cannot save, as a sentence. */
  readonly whyNotSave?: string | undefined;
  save(request: SaveRequest): Promise<SaveResult>;
  load(): Promise<Revision>;
  /** What policies are tried on; null while nothing is deployed. Absent where there is no app to try. */
  openTester?(): Promise<TesterSession | null>;
}
