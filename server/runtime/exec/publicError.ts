import { AppError, type FieldError } from "#lib/errors/AppError.ts";
import type { Access } from "#lib/plan/access/Access.ts";
import type { Catalog, Entity } from "#lib/plan/catalog/Catalog.ts";
import { entityNamed } from "#lib/plan/catalog/Catalog.ts";
import type { Plan } from "#lib/plan/types.ts";
import type { ConstraintColumns } from "./constraintColumns.ts";
import { codeOf, failureKind } from "./failureKinds.ts";

export interface FailedPlan {
  readonly catalog: Catalog;
  readonly plan: Plan;
  readonly columns: ConstraintColumns;
  /** Of the one who asks. */
  readonly access: Access;
}

/** What a caller is told of an error of the database, in the words of the model; never SQL, never a stored name alone. */
export async function publicError(error: unknown, failed: FailedPlan): Promise<unknown> {
  if (error instanceof AppError) return error;
  const code = codeOf(error);
  const unreachable = unreachableError(error);
  if (unreachable) return unreachable;
  const violation = violationOf(error);
  switch (code) {
    case "23505":
      return unique(await fieldsOf(violation, failed), error);
    case "23503":
      return reference(violation, failed, error);
    case "23502":
      return invalid(
        fieldsOfColumns([violation.column], failed),
        { rule: "required", message: "Give a value." },
        error,
      );
    case "23514":
      return invalid(
        await fieldsOf(violation, failed),
        { rule: "check", message: "Give a value that is allowed." },
        error,
      );
    case "21000":
      return new AppError("conflict", "Two rows are about the same record.", { cause: error });
    case "57014":
      return new AppError("timed_out", "This took too long and was broken off. Ask for less.", { cause: error });
    case "40001":
    case "40P01":
    case "55P03":
      return new AppError("unavailable", "Another change was in the way. Try again.", { cause: error });
    case "25006":
      return new AppError("unavailable", "The app's database takes no changes for the moment.", { cause: error });
    case "22003":
    case "22008":
    case "22001":
    case "22P02":
    case "22P05":
    case "22007":
    case "22021":
      return new AppError("invalid_input", "A value does not fit its field.", { cause: error });
    case "54000":
    case "54001":
    case "53200":
      return new AppError("invalid_request", "This is more than the database can do at once. Ask for less.", {
        cause: error,
      });
    default:
      return error;
  }
}

/** Where the server cannot be reached, or no longer; null for everything else. */
export function unreachableError(error: unknown): AppError | null {
  const kind = failureKind(error);
  if (kind !== "lost" && kind !== "unreachable" && kind !== "full") return null;
  return new AppError("unavailable", "The app's database cannot be reached. Try again in a moment.", { cause: error });
}

interface Violation {
  readonly table: string;
  readonly constraint: string;
  readonly column: string;
}

function violationOf(error: unknown): Violation {
  const text = (name: string) => {
    const value: unknown = error instanceof Error ? Reflect.get(error, name) : undefined;
    return typeof value === "string" ? value : "";
  };
  return { table: text("table_name"), constraint: text("constraint_name"), column: text("column_name") };
}

function unique(fields: readonly string[], cause: unknown): AppError {
  const names = fields.join(" and ");
  const message =
    fields.length > 1 ? `Another record has this combination of ${names}.` : "Another record has this value.";
  const detail = fields.length > 0 ? `Another record has the same ${names}.` : "Another record has the same value.";
  return new AppError("conflict", detail, {
    fields: fields.map((field) => ({ field, rule: "unique", message })),
    cause,
  });
}

/** Either a change points to a record that is not there, or a destroyed record is still pointed to. */
async function reference(violation: Violation, failed: FailedPlan, cause: unknown): Promise<AppError> {
  const { plan, catalog } = failed;
  const entity = entityNamed(catalog, plan.shape.resource);
  if (plan.shape.kind === "destroy" || plan.shape.kind === "destroyMany") {
    const referring = visibleEntity(violation.table, failed);
    const message = referring
      ? `Records of ${referring.name} refer to this ${entity.name}. Change or delete them first.`
      : `Other records refer to this ${entity.name}. Change or delete them first.`;
    return new AppError("conflict", message, { cause });
  }
  const message = "There is no record with this key.";
  return invalid(await fieldsOf(violation, failed), { rule: "exists", message }, cause);
}

function invalid(
  fields: readonly string[],
  { rule, message }: Pick<FieldError, "rule" | "message">,
  cause: unknown,
): AppError {
  return new AppError("invalid_input", "Some values are not acceptable.", {
    fields: fields.map((field) => ({ field, rule, message })),
    cause,
  });
}

async function fieldsOf({ table, constraint }: Violation, failed: FailedPlan): Promise<readonly string[]> {
  const { catalog, plan } = failed;
  const entity = entityNamed(catalog, plan.shape.resource);
  if (table !== entity.resource.table) {
    // A link that points nowhere breaks a rule of the join table.
    const linked = entity.resource.relationships.filter(
      (relationship) => relationship.kind === "manyToMany" && relationship.table === table,
    );
    return linked.map(({ name }) => name);
  }
  // Without the names the refusal is still right, only less exact.
  const columns = await failed.columns.of(table, constraint).catch(() => []);
  return fieldsOfColumns(columns, failed);
}

function fieldsOfColumns(columns: readonly string[], { catalog, plan }: FailedPlan): readonly string[] {
  const fields = [...entityNamed(catalog, plan.shape.resource).fields.values()];
  return columns.flatMap((column) => fields.find((field) => field.column === column)?.name ?? []);
}

/** Which resource refers to a record is told only where its records are no secret. */
function visibleEntity(table: string, { catalog, access }: FailedPlan): Entity | null {
  const entity = entityOfTable(catalog, table);
  return entity && access.rows(entity.name, "read") === null ? entity : null;
}

function entityOfTable(catalog: Catalog, table: string): Entity | null {
  return [...catalog.entities.values()].find(({ resource }) => resource.table === table) ?? null;
}
