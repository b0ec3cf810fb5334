import type { ActionName, AttributeType, DefaultValue, Index, JsonValue, OnDelete } from "../types.ts";
import type { ApiCommand } from "./ApiCommand.ts";
import type { BehaviourCommand } from "./BehaviourCommand.ts";
import type { ProcessCommand } from "./ProcessCommand.ts";

/** What an inspector can say of an attribute; `undefined` takes an option away, an absent one leaves it as it is. */
export interface AttributeOptions {
  readonly type?: AttributeType;
  readonly required?: boolean;
  readonly unique?: boolean;
  readonly default?: DefaultValue | undefined;
  readonly min?: string | undefined;
  readonly max?: string | undefined;
  readonly minLength?: number | undefined;
  readonly maxLength?: number | undefined;
  readonly pattern?: string | undefined;
  readonly minItems?: number | undefined;
  readonly maxItems?: number | undefined;
  readonly writable?: "readOnly" | "writeOnce" | undefined;
  readonly sensitive?: true | undefined;
  readonly example?: JsonValue | undefined;
  readonly describe?: string | undefined;
}

/**
 * One change to a model as a person means it. Commands are applied to the sources by surgical edits
 * (comments, order and formatting of everything else stay), so a command can be replayed on newer sources.
 */
export type ModelCommand =
  | BehaviourCommand
  | ApiCommand
  | ProcessCommand
  | { readonly type: "setApp"; readonly name?: string; readonly describe?: string | undefined }
  | { readonly type: "addResource"; readonly name: string }
  /** Takes along the relationships of other resources that lead to it, and its seed rows. */
  | { readonly type: "removeResource"; readonly resource: string }
  /** Keeps `table`, follows every reference, renames the file; the plural becomes that of the new name. */
  | { readonly type: "renameResource"; readonly resource: string; readonly to: string }
  | {
      readonly type: "setResource";
      readonly resource: string;
      readonly describe?: string | undefined;
      readonly actions?: readonly ActionName[];
      readonly uniques?: readonly (readonly string[])[];
      readonly indexes?: readonly Index[];
      /** `undefined` takes the regular plural. */
      readonly plural?: string | undefined;
    }
  | { readonly type: "addValueObject"; readonly name: string }
  /** Takes along the attributes that hold it. */
  | { readonly type: "removeValueObject"; readonly valueObject: string }
  /** Follows every reference, renames the file. */
  | { readonly type: "renameValueObject"; readonly valueObject: string; readonly to: string }
  | { readonly type: "setValueObject"; readonly valueObject: string; readonly describe?: string | undefined }
  /** Commands on attributes take the name of a value object for `resource` too, and then are on its parts. */
  | {
      readonly type: "addAttribute";
      readonly resource: string;
      readonly name: string;
      readonly options: AttributeOptions & { readonly type: AttributeType };
    }
  | { readonly type: "removeAttribute"; readonly resource: string; readonly attribute: string }
  /** Keeps `column`, follows references in uniques and indexes; a part of a value object is stored under its new name. */
  | { readonly type: "renameAttribute"; readonly resource: string; readonly attribute: string; readonly to: string }
  | {
      readonly type: "setAttribute";
      readonly resource: string;
      readonly attribute: string;
      readonly options: AttributeOptions;
    }
  | {
      readonly type: "moveAttribute";
      readonly resource: string;
      readonly attribute: string;
      readonly before: string | null;
    }
  /** Keeps the stored value. */
  | {
      readonly type: "renameChoice";
      readonly resource: string;
      readonly attribute: string;
      readonly option: string;
      readonly to: string;
    }
  /** Adds the belongsTo and, when `inverse` is given, the hasMany on the target, or the hasOne where it is unique. */
  | {
      readonly type: "addBelongsTo";
      readonly resource: string;
      readonly name: string;
      readonly target: string;
      readonly required?: boolean;
      readonly unique?: boolean;
      readonly onDelete?: OnDelete;
      readonly inverse?: string;
    }
  | {
      readonly type: "addHasOne" | "addHasMany";
      readonly resource: string;
      readonly name: string;
      readonly target: string;
      readonly via: string;
    }
  /**
   * Adds one side or both. With `through` the links are the records of that resource; `sourceVia` and `targetVia` name its
   * belongsTo to either side where it has several.
   */
  | {
      readonly type: "addManyToMany";
      readonly resource: string;
      readonly name: string;
      readonly target: string;
      readonly inverse?: string;
      readonly through?: string;
      readonly sourceVia?: string;
      readonly targetVia?: string;
    }
  /** What is stored (a belongsTo, the owner of a join table) takes its mirror on the target along; a mirror goes alone. */
  | { readonly type: "removeRelationship"; readonly resource: string; readonly relationship: string }
  | {
      readonly type: "renameRelationship";
      readonly resource: string;
      readonly relationship: string;
      readonly to: string;
    }
  | {
      readonly type: "setRelationship";
      readonly resource: string;
      readonly relationship: string;
      readonly required?: boolean;
      /** A hasMany that mirrors it becomes a hasOne with it, and the other way round. */
      readonly unique?: boolean;
      readonly onDelete?: OnDelete;
      readonly describe?: string | undefined;
    };
