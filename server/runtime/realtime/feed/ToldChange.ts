import type { Position } from "./Position.ts";

/**
 * What a change is to a reader: `entered` and `left` say that an update brought a record into what the reader sees and
 * asks for, or took it out.
 */
export type ChangeKind = "created" | "updated" | "entered" | "left" | "destroyed";

/** One change as a reader is told of it. Readers that see the same share it. */
export interface ToldChange {
  readonly position: Position;
  /** Name of the resource. */
  readonly resource: string;
  readonly kind: ChangeKind;
  /** The key of the record in canonical text. */
  readonly key: string;
  /** JSON of the record as it is now; null for one that is out of sight. */
  readonly record: string | null;
  /** What protocols make of it, made once for all readers. */
  readonly printed: Map<string, string>;
}
