import type { ErrorCode } from "../../errors/codes.ts";
import type { Value } from "../../expression/Value.ts";
import type { Entity } from "../../plan/catalog/Catalog.ts";
import type { World } from "../world/World.ts";

/** What comes of the deed of a test. */
export type Outcome = Done | Listed | Refused | Unknown;

export interface Done {
  readonly kind: "done";
  /** What it is a record of. */
  readonly entity: Entity;
  /** Whether its actor may read the record that comes of it. */
  readonly isSeen: () => boolean;
  /** A field of the record that comes of it, as its actor sees it. */
  readonly shown: (field: string) => Value;
  /** The records afterwards. */
  readonly after: World;
}

export interface Listed {
  readonly kind: "rows";
  /** Names of the given records in the list. */
  readonly rows: readonly string[];
}

export interface Refused {
  readonly kind: "refused";
  readonly code: ErrorCode;
  /** Dotted paths of the fields that are named, without empty ones. */
  readonly fields: readonly string[];
}

/** The simulation does not know everything that a runtime does. */
export interface Unknown {
  readonly kind: "unknown";
  readonly why: string;
}
