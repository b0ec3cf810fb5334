interface Place {
  /** UTF-16 offsets in the text, `end` exclusive: of the name, or of an option's text with its quotes. */
  readonly start: number;
  readonly end: number;
}

/** A name of the model that stands in the text of an expression. */
export type Reference =
  /** An attribute, a relationship, its key field `<name>Id`, a calculation or an aggregate of the resource. */
  | ({ readonly kind: "member"; readonly resource: string; readonly member: string } & Place)
  | ({ readonly kind: "choice"; readonly resource: string; readonly member: string; readonly option: string } & Place)
  | ({ readonly kind: "argument" | "role"; readonly name: string } & Place);
