import type { ManyToMany, Resource } from "../../model/types.ts";
import { functionName } from "../../sql/ddl/programs.ts";
import { quoteLiteral } from "../../sql/ddl/quoteLiteral.ts";
import type { SchemaFunction, Trigger } from "../../sql/ddl/Schema.ts";
import { changeFeedPath, linkFunction, noteFunction, unlessGone } from "./changeFeedNames.ts";

/** The ends of the links of a table, as far as they have a change feed. */
interface Ends {
  readonly relationship: Pick<ManyToMany, "name" | "sourceColumn" | "targetColumn">;
  readonly source: Resource;
  readonly target: Resource;
}

/** The triggers of a table of links, by which the records that are linked count as updated. */
export function changeFeedLinkTriggers({ relationship, source, target }: Ends): readonly Trigger[] {
  const ends = [
    { resource: source, column: relationship.sourceColumn },
    { resource: target, column: relationship.targetColumn },
  ].filter(({ resource }) => resource.features?.changeFeed);
  if (ends.length === 0) return [];
  const args = ends.flatMap(({ resource, column }) => [resource.table, resource.key.column, column]).map(quoteLiteral);
  return [
    {
      name: "gantry_change_feed",
      event: "AFTER INSERT OR DELETE",
      action: `FOR EACH ROW EXECUTE FUNCTION ${functionName(linkFunction)}(${args.join(", ")})`,
      path: [source.name, "relationships", relationship.name],
    },
  ];
}

/** Of each end: its table, the column of its key, and the column of the link that holds it. A record that is gone has told so. */
export const linkedFunction: SchemaFunction = {
  name: linkFunction,
  path: changeFeedPath,
  definition: `() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $gantry$
DECLARE
  link jsonb := to_jsonb(CASE WHEN TG_OP = 'DELETE' THEN old ELSE new END);
  image jsonb;
BEGIN
  ${unlessGone}
  FOR place IN 0 .. TG_NARGS / 3 - 1 LOOP
    EXECUTE format(
      'SELECT to_jsonb(linked) FROM public.%1$I linked WHERE linked.%2$I = (jsonb_populate_record(NULL::public.%1$I, jsonb_build_object(%2$L, $1))).%2$I',
      TG_ARGV[place * 3], TG_ARGV[place * 3 + 1]
    ) INTO image USING link -> TG_ARGV[place * 3 + 2];
    IF image IS NOT NULL THEN
      PERFORM ${functionName(noteFunction)}(TG_ARGV[place * 3], link ->> TG_ARGV[place * 3 + 2], 'updated', image);
    END IF;
  END LOOP;
  RETURN NULL;
END
$gantry$`,
};
