/** An expression as it was written: nothing resolved yet. Offsets are UTF-16, `end` exclusive. */
export type SyntaxNode =
  | LiteralSyntax
  | NameSyntax
  | MemberSyntax
  | IndexSyntax
  | CallSyntax
  | ListSyntax
  | UnarySyntax
  | BinarySyntax
  | LogicSyntax
  | ConditionalSyntax;

export interface Span {
  readonly start: number;
  readonly end: number;
}

export interface LiteralSyntax extends Span {
  readonly kind: "literal";
  /** An integer as a bigint of any size. */
  readonly value: null | boolean | bigint | string | DecimalText;
}

/** A number with a point or an exponent, as it was written. */
export interface DecimalText {
  readonly decimal: string;
}

export interface NameSyntax extends Span {
  readonly kind: "name";
  readonly name: string;
}

export interface MemberSyntax extends Span {
  readonly kind: "member";
  readonly of: SyntaxNode;
  readonly name: string;
  readonly nameAt: Span;
}

export interface IndexSyntax extends Span {
  readonly kind: "index";
  readonly of: SyntaxNode;
  readonly index: SyntaxNode;
}

/** `name(…)`, or `receiver.name(…)`. */
export interface CallSyntax extends Span {
  readonly kind: "call";
  readonly receiver: SyntaxNode | null;
  readonly name: string;
  readonly nameAt: Span;
  readonly arguments: readonly SyntaxNode[];
}

export interface ListSyntax extends Span {
  readonly kind: "list";
  readonly items: readonly SyntaxNode[];
}

export interface UnarySyntax extends Span {
  readonly kind: "unary";
  readonly operator: "!" | "-";
  readonly operand: SyntaxNode;
}

export type ComparisonSign = "==" | "!=" | "<" | "<=" | ">" | ">=";
export type ArithmeticSign = "+" | "-" | "*" | "/" | "%";

export interface BinarySyntax extends Span {
  readonly kind: "binary";
  readonly operator: ComparisonSign | ArithmeticSign | "in";
  readonly left: SyntaxNode;
  readonly right: SyntaxNode;
}

/** A whole chain: `a && b && c` has three operands. */
export interface LogicSyntax extends Span {
  readonly kind: "logic";
  readonly operator: "&&" | "||";
  readonly operands: readonly SyntaxNode[];
}

export interface ConditionalSyntax extends Span {
  readonly kind: "conditional";
  readonly condition: SyntaxNode;
  readonly whenTrue: SyntaxNode;
  readonly whenFalse: SyntaxNode;
}
