import type { Attribute, Model, Resource } from "../../model/types.ts";
import { functionName } from "../../sql/ddl/programs.ts";
import { quoteLiteral } from "../../sql/ddl/quoteLiteral.ts";
import type { Column, SchemaFunction, Table, Trigger } from "../../sql/ddl/Schema.ts";
import { tableName } from "../../sql/ddl/statements.ts";
import { storedName } from "../../sql/ddl/storedName.ts";

/** Where the last numbers of sequences stand. Of sequences that may have gaps: where their years began. */
const counterTable = "gantry_counters";

const giving = "gantry_number";
const keeping = "gantry_number_kept";
const returning = "gantry_number_returned";

/** The tables and functions that give numbers; none while no resource has a sequence. docs/decisions/0011. */
export function sequenceSchema(model: Model): { readonly tables: Table[]; readonly functions: SchemaFunction[] } {
  const sequences = model.resources.flatMap((resource) =>
    sequencesOf(resource).map((attribute) => ({ resource, attribute })),
  );
  if (sequences.length === 0) return { tables: [], functions: [] };
  const loose = sequences.filter(({ attribute }) => !attribute.type.gapless);
  return {
    tables: [counters, ...loose.map(({ resource, attribute }) => numberTable(resource, attribute))],
    functions: [give, keep, giveBack],
  };
}

type SequenceAttribute = Attribute & { readonly type: Extract<Attribute["type"], { kind: "sequence" }> };

function sequencesOf({ attributes }: Resource): readonly SequenceAttribute[] {
  return attributes.filter((attribute): attribute is SequenceAttribute => attribute.type.kind === "sequence");
}

/**
 * Numbers are given to rows whoever inserts them. Names with a zero come before those of other triggers: these may change
 * rows of the same table, which must not be taken for the change that an upsert makes in place of its insert.
 */
export function sequenceTriggers(resource: Resource): readonly Trigger[] {
  const sequences = sequencesOf(resource);
  if (sequences.length === 0) return [];
  const call = (name: string, parts: readonly string[]) =>
    `FOR EACH ROW EXECUTE FUNCTION ${functionName(name)}(${parts.map(quoteLiteral).join(", ")})`;
  const path = [resource.name];
  const each = sequences.flatMap((attribute) => [attribute.column, ...patternParts(resource, attribute)]);
  const gapless = sequences.filter(({ type }) => type.gapless).map(({ column }) => column);
  const given: Trigger = { name: "gantry_0_number", event: "BEFORE INSERT", action: call(giving, each), path };
  if (gapless.length === 0) return [given];
  return [
    given,
    { name: "gantry_0_number_kept", event: "AFTER INSERT", action: call(keeping, gapless), path },
    { name: "gantry_0_number_returned", event: "BEFORE UPDATE", action: call(returning, gapless), path },
  ];
}

/** The pattern, the place of the number in it, and the table whose identity counts; none for gapless ones. */
function patternParts(resource: Resource, { type, column }: SequenceAttribute): readonly string[] {
  const place = /\{0+\}/.exec(type.pattern)?.[0] ?? "";
  return [type.pattern, place, type.gapless ? "" : numbersOf(resource, column)];
}

const numbersOf = ({ table }: Resource, column: string) => storedName(["gantry", table, column], "numbers");

function numberTable(resource: Resource, { column: counted }: SequenceAttribute): Table {
  const name = numbersOf(resource, counted);
  return {
    name,
    path: [resource.name],
    columns: [{ ...column("id", "bigint"), default: { kind: "identity" } }],
    primaryKey: { name: storedName([name], "pkey"), columns: ["id"] },
    foreignKeys: [],
    indexes: [],
  };
}

const counters: Table = {
  name: counterTable,
  path: ["sequences"],
  columns: [column("sequence", "text"), column("period", "integer"), column("value", "bigint")],
  primaryKey: { name: `${counterTable}_pkey`, columns: ["sequence", "period"] },
  foreignKeys: [],
  indexes: [],
};

function column(name: string, kind: "text" | "integer" | "bigint"): Column {
  return { name, type: { kind }, nullable: false, default: null, path: ["sequences"] };
}

/** The setting that holds the number which the row under way has been given, until the row is there. */
const drawn = "'gantry.number_' || md5(counter)";

const header = "RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $gantry$";

/**
 * A gapless counter is a row that stays locked until the transaction ends, so that a number that comes to nothing is the
 * next one's. The others take numbers from an identity, which nobody waits for; a year begins after the last of them.
 */
const give: SchemaFunction = {
  name: giving,
  path: ["sequences"],
  definition: `() ${header}
DECLARE
  counter text;
  year integer;
  number bigint;
  base bigint;
  numbers text;
  printed text;
BEGIN
  FOR i IN 0 .. TG_NARGS / 4 - 1 LOOP
    CONTINUE WHEN to_jsonb(new) ->> TG_ARGV[i * 4] IS NOT NULL;
    counter := TG_TABLE_NAME || '.' || TG_ARGV[i * 4];
    year := CASE WHEN strpos(TG_ARGV[i * 4 + 1], '{year}') > 0
      THEN extract(year FROM clock_timestamp() AT TIME ZONE 'UTC')::integer ELSE 0 END;
    IF TG_ARGV[i * 4 + 3] = '' THEN
      INSERT INTO ${tableName(counterTable)} AS known (sequence, period, value) VALUES (counter, year, 1)
      ON CONFLICT (sequence, period) DO UPDATE SET value = known.value + 1 RETURNING value INTO number;
      PERFORM set_config(${drawn}, year || ' ' || number, true);
    ELSE
      numbers := pg_get_serial_sequence(format('${tableName("%s").replace('"%s"', "%I")}', TG_ARGV[i * 4 + 3]), 'id');
      SELECT value INTO base FROM ${tableName(counterTable)} WHERE sequence = counter AND period = year;
      IF base IS NULL THEN
        INSERT INTO ${tableName(counterTable)} (sequence, period, value)
        VALUES (counter, year, coalesce(pg_sequence_last_value(numbers::regclass), 0))
        ON CONFLICT (sequence, period) DO NOTHING;
        SELECT value INTO base FROM ${tableName(counterTable)} WHERE sequence = counter AND period = year;
      END IF;
      number := nextval(numbers::regclass) - base;
    END IF;
    printed := replace(TG_ARGV[i * 4 + 1], '{year}', year::text);
    IF TG_ARGV[i * 4 + 2] <> '' THEN
      printed := replace(printed, TG_ARGV[i * 4 + 2],
        lpad(number::text, greatest(length(TG_ARGV[i * 4 + 2]) - 2, length(number::text)), '0'));
    END IF;
    new := jsonb_populate_record(new, jsonb_build_object(TG_ARGV[i * 4], printed));
  END LOOP;
  RETURN new;
END
$gantry$`,
};

/** The row is there: its number is not to be given back. */
const keep: SchemaFunction = {
  name: keeping,
  path: ["sequences"],
  definition: `() ${header}
DECLARE
  counter text;
BEGIN
  FOR i IN 0 .. TG_NARGS - 1 LOOP
    counter := TG_TABLE_NAME || '.' || TG_ARGV[i];
    PERFORM set_config(${drawn}, '', true);
  END LOOP;
  RETURN NULL;
END
$gantry$`,
};

/** An upsert that finds its row there has been given a number that it does not need; nobody else was given one since. */
const giveBack: SchemaFunction = {
  name: returning,
  path: ["sequences"],
  definition: `() ${header}
DECLARE
  counter text;
  unused text;
BEGIN
  FOR i IN 0 .. TG_NARGS - 1 LOOP
    counter := TG_TABLE_NAME || '.' || TG_ARGV[i];
    unused := nullif(current_setting(${drawn}, true), '');
    IF unused IS NOT NULL THEN
      UPDATE ${tableName(counterTable)} SET value = value - 1
      WHERE sequence = counter AND period = split_part(unused, ' ', 1)::integer
        AND value = split_part(unused, ' ', 2)::bigint;
      PERFORM set_config(${drawn}, '', true);
    END IF;
  END LOOP;
  RETURN new;
END
$gantry$`,
};
