import type { ValueKind } from "../../expression/ValueType.ts";
import type { AttributeType } from "../types.ts";

/** One place in a process where an expression stands. */
export interface ProcessSlot {
  /** In the model: `["processes", "closeDeal", "steps", "invoice", "input", "amount", "expression"]`. */
  readonly path: readonly string[];
  /** The name of its step; null for one of the process itself. */
  readonly step: string | null;
  /** Its place there: `when`, `key`, `input.amount`, `body.title`, `branches.0.when`; of a process `starts.0.when`, `output.total`. */
  readonly slot: string;
  readonly place: SlotPlace;
  readonly expects: SlotExpects;
}

export type SlotPlace =
  | { readonly at: "input" | "output" }
  | { readonly at: "start"; readonly index: number }
  | { readonly at: "step"; readonly step: string; readonly part?: "while" | "match" };

/** What it must come out as. */
export type SlotExpects =
  | { readonly is: "condition" }
  | { readonly is: "type"; readonly type: AttributeType }
  | { readonly is: "kinds"; readonly kinds: readonly ValueKind[] }
  /** The key of a record. */
  | { readonly is: "key"; readonly resource: string }
  /** A plain field of records that are looked for. */
  | { readonly is: "field"; readonly resource: string; readonly field: string }
  /** A field or an argument that an action is given. */
  | { readonly is: "given"; readonly resource: string; readonly action: string; readonly name: string }
  | { readonly is: "parameter"; readonly function: string; readonly name: string }
  | { readonly is: "processInput"; readonly process: string; readonly name: string };
