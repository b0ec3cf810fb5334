import type { ValueType } from "./ValueType.ts";

/** The names that an expression may use. The model's part of it is made by `lib/model/expressions`. */
export interface ExpressionScope {
  /** The resource that the expression is about; null where there is no record, as in a default. */
  readonly resource: string | null;
  /** What stands at the top besides the members of the record: `actor`, `arguments`, `context`. */
  readonly context: ReadonlyMap<string, ValueType>;
  /** The fields that names of the context show, where they show one. */
  readonly shown?: ReadonlyMap<string, { readonly resource: string; readonly member: string }>;
  readonly resources: ResourceTypes;
}

export interface ResourceTypes {
  /** Null when there is no such resource. */
  of(resource: string): ResourceType | null;
}

export interface ResourceType {
  readonly name: string;
  /** Type of the key. */
  readonly key: ValueType;
  readonly members: ReadonlyMap<string, RecordMember>;
}

export type RecordMember =
  | { readonly kind: "field"; readonly type: ValueType }
  /** `reference` is the field of the same resource that holds the key of the other (of a belongsTo); a hasOne has none. */
  | { readonly kind: "toOne"; readonly resource: string; readonly reference?: string }
  | { readonly kind: "toMany"; readonly resource: string };
