import { z } from "zod";
import type { ReleaseSnapshot } from "#lib/compile/Snapshot.ts";

/**
 * What a backup begins with: all of the environment but its rows. Types, defaults and definitions are texts as
 * PostgreSQL itself prints them, so that what comes back is what was there, whoever made it.
 */
export interface Manifest {
  readonly format: 1;
  /** RFC 3339: the moment of which all rows are. */
  readonly at: string;
  readonly environment: { readonly id: string; readonly name: string; readonly branch: string };
  /** What served; null where nothing did. */
  readonly release: number | null;
  readonly commit: string | null;
  readonly snapshot: ReleaseSnapshot | null;
  /** The keys of encrypted attributes (EncryptionSpec as JSON), encrypted with the key of the installation. */
  readonly encryptionSealed: string | null;
  /** Number of the newest transaction of the server, to which positions in the log of changes refer. */
  readonly transaction: string;
  readonly schemas: readonly string[];
  readonly tables: readonly ManifestTable[];
  /** In the order in which they can be made, after the rows are in. */
  readonly functions: readonly ManifestProgram[];
  readonly constraints: readonly ManifestConstraint[];
  readonly indexes: readonly string[];
  readonly triggers: readonly ManifestProgram[];
}

export interface ManifestTable {
  readonly schema: string;
  readonly name: string;
  readonly comment: string | null;
  readonly columns: readonly ManifestColumn[];
  /** As PostgreSQL last estimated; -1 where it never did. */
  readonly estimatedRows: number;
}

export interface ManifestColumn {
  readonly name: string;
  readonly type: string;
  readonly nullable: boolean;
  /** An expression; null where there is none, and for identities. */
  readonly default: string | null;
  /** Numbers by which the database goes on; null where it does not number. */
  readonly identity: ManifestIdentity | null;
  readonly comment: string | null;
}

export interface ManifestIdentity {
  readonly always: boolean;
  /** A bigint as text. */
  readonly last: string;
  readonly called: boolean;
}

export interface ManifestConstraint {
  readonly schema: string;
  readonly table: string;
  readonly name: string;
  readonly definition: string;
}

export interface ManifestProgram {
  /** Whole statement. */
  readonly definition: string;
  /** Such as `TRIGGER "x" ON public."t"`: what its comment is on. */
  readonly place: string;
  readonly comment: string | null;
}

const identity = z.object({ always: z.boolean(), last: z.string().regex(/^-?\d+$/), called: z.boolean() });
const column = z.object({
  name: z.string(),
  type: z.string(),
  nullable: z.boolean(),
  default: z.string().nullable(),
  identity: identity.nullable(),
  comment: z.string().nullable(),
});
const table = z.object({
  schema: z.string(),
  name: z.string(),
  comment: z.string().nullable(),
  columns: z.array(column),
  estimatedRows: z.number(),
});
const program = z.object({ definition: z.string(), place: z.string(), comment: z.string().nullable() });
const constraint = z.object({ schema: z.string(), table: z.string(), name: z.string(), definition: z.string() });

const manifestSchema: z.ZodType<Manifest> = z.object({
  format: z.literal(1),
  at: z.string(),
  environment: z.object({ id: z.string(), name: z.string(), branch: z.string() }),
  release: z.number().nullable(),
  commit: z.string().nullable(),
  // Verified when it was compiled, and authenticated since.
  snapshot: z.custom<ReleaseSnapshot>((value) => typeof value === "object" && value !== null).nullable(),
  encryptionSealed: z.string().nullable(),
  transaction: z.string().regex(/^\d+$/),
  schemas: z.array(z.string()),
  tables: z.array(table),
  functions: z.array(program),
  constraints: z.array(constraint),
  indexes: z.array(z.string()),
  triggers: z.array(program),
});

/** Throws where it is of another version. */
export function readManifest(value: unknown): Manifest {
  return manifestSchema.parse(value);
}
