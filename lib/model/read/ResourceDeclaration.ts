import type { BelongsTo, Deprecation, HasMany, HasOne, Resource } from "../types.ts";

/** A resource as its own file says it: all that does not depend on other files is final. */
export interface ResourceDeclaration extends Omit<Resource, "relationships"> {
  readonly relationships: readonly RelationshipDeclaration[];
}

export type RelationshipDeclaration = BelongsTo | HasOne | HasMany | ManyToManyDeclaration;

/** Stored names that are not written depend on the resources at both ends. */
export interface ManyToManyDeclaration {
  readonly kind: "manyToMany";
  readonly name: string;
  readonly target: string;
  readonly describe?: string;
  readonly deprecated?: Deprecation;
  /** The other side that names the join table. */
  readonly via?: string;
  readonly table?: string;
  readonly column?: string;
  readonly targetColumn?: string;
  readonly through?: string;
  readonly sourceVia?: string;
  readonly targetVia?: string;
}
