import type { BelongsTo, Model, Resource } from "../../model/types.ts";
import { functionName } from "../../sql/ddl/programs.ts";
import { quoteLiteral } from "../../sql/ddl/quoteLiteral.ts";
import type { SchemaFunction, Trigger } from "../../sql/ddl/Schema.ts";
import { tableName } from "../../sql/ddl/statements.ts";
import { storedName } from "../../sql/ddl/storedName.ts";
import { quoteIdentifier } from "../../sql/identifier.ts";

/** What happens to the records that refer to one which is destroyed and kept, by the table of the latter. */
export interface KeptSchema {
  readonly triggers: ReadonlyMap<string, Trigger>;
  readonly functions: readonly SchemaFunction[];
}

/**
 * `restrict` refuses to destroy a record that others refer to; `cascade` destroys those along with it, and restores them
 * along with it too. A reference that would be set to null stays, so that a restored record has it again.
 */
export function keptSchema(model: Model): KeptSchema {
  const triggers = new Map<string, Trigger>();
  const functions: SchemaFunction[] = [];
  for (const resource of model.resources) {
    const kept = resource.features?.softDelete;
    const references = kept ? referencesTo(model, resource) : [];
    if (!kept || references.length === 0) continue;
    const name = storedName(["gantry", resource.table], "kept");
    const path = [resource.name, "features", "softDelete"];
    functions.push({ name, path, definition: definition(resource, kept.column, references) });
    triggers.set(resource.table, {
      name: "gantry_kept",
      event: `AFTER UPDATE OF ${quoteIdentifier(kept.column)}`,
      action: `FOR EACH ROW EXECUTE FUNCTION ${functionName(name)}()`,
      path,
    });
  }
  return { triggers, functions };
}

interface Referring {
  readonly from: Resource;
  readonly reference: BelongsTo;
}

function referencesTo(model: Model, target: Resource): readonly Referring[] {
  return model.resources.flatMap((from) =>
    from.relationships.flatMap((reference) =>
      reference.kind === "belongsTo" && reference.target === target.name && reference.onDelete !== "setNull"
        ? [{ from, reference }]
        : [],
    ),
  );
}

function definition(resource: Resource, column: string, references: readonly Referring[]): string {
  const gone = quoteIdentifier(column);
  const restricting = references.filter(({ reference }) => reference.onDelete === "restrict");
  const following = references.filter(({ from, reference }) => {
    return reference.onDelete === "cascade" && from.features?.softDelete !== undefined;
  });
  const refuse = (referring: Referring) => refusal(resource, referring);
  const away = (referring: Referring) => follow(referring, resource, { moment: `new.${gone}`, since: null });
  const back = (referring: Referring) => follow(referring, resource, { moment: "NULL", since: `old.${gone}` });
  const body = (lines: readonly string[]) => (lines.length > 0 ? lines.join("\n") : "    NULL;");
  return `() RETURNS trigger LANGUAGE plpgsql AS $gantry$
BEGIN
  IF old.${gone} IS NULL AND new.${gone} IS NOT NULL THEN
${body([...restricting.map(refuse), ...following.map(away)])}
  ELSIF old.${gone} IS NOT NULL AND new.${gone} IS NULL THEN
${body(following.map(back))}
  END IF;
  RETURN NULL;
END
$gantry$`;
}

function refusal({ key }: Resource, { from, reference }: Referring): string {
  const kept = from.features?.softDelete;
  const present = kept ? ` AND ${quoteIdentifier(kept.column)} IS NULL` : "";
  const refers = `${quoteIdentifier(reference.column)} = new.${quoteIdentifier(key.column)}`;
  return `    IF EXISTS (SELECT FROM ${tableName(from.table)} WHERE ${refers}${present}) THEN
      RAISE foreign_key_violation USING MESSAGE = 'Records refer to this one.', TABLE = ${quoteLiteral(from.table)};
    END IF;`;
}

interface Moments {
  readonly moment: string;
  readonly since: string | null;
}

/** Gives the referring records that are gone since a moment (null: those that are there) another one. */
function follow({ from, reference }: Referring, { key }: Resource, { moment, since }: Moments): string {
  const { softDelete, timestamps, versioned } = from.features ?? {};
  const own = quoteIdentifier(softDelete?.column ?? "");
  const sets = [
    `${own} = ${moment}`,
    ...(timestamps ? [`${quoteIdentifier(timestamps.updatedColumn)} = now()`] : []),
    ...(versioned ? [`${quoteIdentifier(versioned.column)} = ${quoteIdentifier(versioned.column)} + 1`] : []),
  ];
  const refers = `${quoteIdentifier(reference.column)} = new.${quoteIdentifier(key.column)}`;
  const which = since === null ? `${own} IS NULL` : `${own} = ${since}`;
  return `    UPDATE ${tableName(from.table)} SET ${sets.join(", ")} WHERE ${refers} AND ${which};`;
}
