import type { Expression } from "../../Expression.ts";
import type { Span } from "../../parse/SyntaxNode.ts";
import type { ValueKind } from "../../ValueType.ts";
import type { Checking } from "../Checking.ts";

/** What an argument may be: a kind (literals are read as it, whole numbers widened), or several. */
export type Parameter = ValueKind | "number" | "ordered" | "single" | "any";

/** How a function can be called; `name(a, b)` and `a.name(b)` are the same. */
export interface FunctionDefinition {
  readonly names: readonly string[];
  /** As it is written, for problems and for the documents. */
  readonly usage: string;
  readonly about: string;
  readonly forms: readonly FunctionForm[];
}

export interface FunctionForm {
  readonly parameters: readonly Parameter[];
  /** Further arguments like the last. */
  readonly more?: true;
  /** All arguments are turned into one type first. */
  readonly unified?: true;
  /** Null when it reports a problem. */
  make(operands: readonly Expression[], call: FunctionCall): Expression | null;
}

export interface FunctionCall {
  readonly at: Span;
  readonly checking: Checking;
}
