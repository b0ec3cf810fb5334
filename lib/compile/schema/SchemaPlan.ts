import type { ColumnType, ModelPath, Retirement } from "../../sql/ddl/Schema.ts";
import type { Question } from "./Question.ts";

/** How to bring a database to a model. Nothing in it drops or changes a stored value. */
export interface SchemaPlan {
  /** In the order in which they must run. */
  readonly steps: readonly SchemaStep[];
  /** Why the model cannot be brought to this database as it is; all reasons at once. Without any, the steps may run. */
  readonly refusals: readonly PlanRefusal[];
  /** What was asked about the rows. The plan is final once it was made with the answers to all of these. */
  readonly questions: readonly Question[];
  /** What the database keeps although the model has it no longer. */
  readonly retired: readonly RetiredPart[];
}

export interface SchemaStep {
  readonly kind: SchemaStepKind;
  readonly when: StepTime;
  /** For people. */
  readonly sentence: string;
  /** One statement, or several that hold together or not at all; without values from outside. */
  readonly sql: string;
  readonly cost: StepCost;
  /** False for what PostgreSQL refuses inside a transaction. */
  readonly transactional: boolean;
  /** The statement takes a range of row addresses, `$1` to before `$2`: it runs for one piece of the table after another. */
  readonly inBatches: boolean;
  /** Of one in batches: a statement that ends it, once the whole table is done. */
  readonly closing?: string;
  readonly table: string;
  readonly path: ModelPath;
}

export type SchemaStepKind =
  | "dropNotNull"
  | "createTable"
  | "addColumn"
  | "setColumnType"
  | "dropDefault"
  | "addIdentity"
  | "setDefault"
  | "fillColumn"
  | "createFunction"
  | "createTrigger"
  | "dropIndex"
  | "createIndex"
  | "addForeignKey"
  | "validateForeignKey"
  | "dropForeignKey"
  | "dropTrigger"
  | "dropFunction"
  | "markRetired"
  | "markUsed"
  | ContractStepKind;

/** Only ever part of a contract, never of a deploy. */
export type ContractStepKind = "dropColumn" | "dropTable";

/**
 * Before the switch runs what the new version needs and the old one bears. After it runs what takes a rule away that
 * the old version counts on: should the deploy fail in between, the version that goes on serving still has its rules.
 */
export type StepTime = "beforeSwitch" | "afterSwitch";

/** Shown to people as it is. */
export type StepCost = "instant" | "reads the table" | "writes the table" | "builds an index";

export interface PlanRefusal {
  readonly code: PlanRefusalCode;
  readonly path: ModelPath;
  /** Says what to do. */
  readonly sentence: string;
}

export type PlanRefusalCode =
  | "value_missing"
  | "values_missing"
  | "values_repeated"
  | "values_too_long"
  | "values_unknown"
  | "values_outside"
  | "values_unconvertible"
  | "target_missing"
  | "type_changed"
  | "key_changed"
  | "relationship_retargeted"
  | "name_too_long"
  /** Of a rollback alone. */
  | "part_deleted";

export interface RetiredPart {
  readonly table: string;
  /** Absent when the whole table is retired. */
  readonly column?: string;
  readonly type?: ColumnType;
  /** Null when this plan retires it. */
  readonly since: Retirement | null;
}

/** What the planners of the parts give: in any order, sorted out by planSchema. */
export type PlanItem =
  | { readonly step: SchemaStep }
  | { readonly refusal: PlanRefusal }
  | { readonly retired: RetiredPart };
