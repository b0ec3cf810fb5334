import { resourcesWithEvents } from "../../model/events/resourcesWithEvents.ts";
import type { ManyToMany, Model, Resource } from "../../model/types.ts";
import { functionName } from "../../sql/ddl/programs.ts";
import { quoteLiteral } from "../../sql/ddl/quoteLiteral.ts";
import type { SchemaFunction, Trigger } from "../../sql/ddl/Schema.ts";
import {
  changeFeedPath,
  eventsPath,
  linkEventFunction,
  linkFunction,
  noteEventFunction,
  noteFunction,
  unlessEventsGone,
  unlessGone,
} from "./changeFeedNames.ts";

/** The ends of the links of a table, as far as they have a change feed or events. */
interface Ends {
  readonly model: Model;
  readonly relationship: Pick<ManyToMany, "name" | "inverse" | "sourceColumn" | "targetColumn">;
  readonly source: Resource;
  readonly target: Resource;
}

/** The triggers of a table of links, by which the records that are linked count as updated. */
export function changeFeedLinkTriggers({ model, relationship, source, target }: Ends): readonly Trigger[] {
  const told = resourcesWithEvents(model);
  const ends = [
    { resource: source, column: relationship.sourceColumn, name: relationship.name },
    { resource: target, column: relationship.targetColumn, name: relationship.inverse ?? "" },
  ]
    // A record that does not show its links is not changed by them.
    .map((end) => ({ ...end, isTold: told.has(end.resource.name) && end.name !== "" }))
    .filter(({ resource, isTold }) => resource.features?.changeFeed || isTold);
  if (ends.length === 0) return [];
  const anyTold = ends.some(({ isTold }) => isTold);
  const args = ends
    .flatMap(({ resource, column, name, isTold }) => [
      resource.table,
      resource.key.column,
      column,
      ...(anyTold ? [isTold ? name : ""] : []),
    ])
    .map(quoteLiteral);
  return [
    {
      name: "gantry_change_feed",
      event: "AFTER INSERT OR DELETE",
      action: `FOR EACH ROW EXECUTE FUNCTION ${functionName(anyTold ? linkEventFunction : linkFunction)}(${args.join(", ")})`,
      path: [source.name, "relationships", relationship.name],
    },
  ];
}

const note = `PERFORM ${functionName(noteFunction)}(TG_ARGV[place], link ->> TG_ARGV[place + 2], 'updated', image);`;

/** Of each end: its table, the column of its key, and the column of the link that holds it. */
export const linkedFunction: SchemaFunction = {
  name: linkFunction,
  path: changeFeedPath,
  definition: linking({ unless: unlessGone, argumentsOfEnd: 3, noteEnd: note }),
};

/** The same, and the relationship by which it leads to the other; empty where it has no events. */
export const linkedEventFunction: SchemaFunction = {
  name: linkEventFunction,
  path: eventsPath,
  definition: linking({
    unless: unlessEventsGone,
    argumentsOfEnd: 4,
    noteEnd: `IF TG_ARGV[place + 3] = '' THEN
        ${note}
      ELSE
        PERFORM ${functionName(noteEventFunction)}(TG_ARGV[place], link ->> TG_ARGV[place + 2], 'updated', image, image, TG_ARGV[place + 3]);
      END IF;`,
  }),
};

interface Linking {
  readonly unless: string;
  readonly argumentsOfEnd: number;
  /** Notes that the record of an end was updated. */
  readonly noteEnd: string;
}

/** A record that is gone has told so. */
function linking({ unless, argumentsOfEnd, noteEnd }: Linking): string {
  return `() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $gantry$
DECLARE
  link jsonb := to_jsonb(CASE WHEN TG_OP = 'DELETE' THEN old ELSE new END);
  image jsonb;
BEGIN
  ${unless}
  FOR place IN 0 .. TG_NARGS - 1 BY ${argumentsOfEnd} LOOP
    EXECUTE format(
      'SELECT to_jsonb(linked) FROM public.%1$I linked WHERE linked.%2$I = (jsonb_populate_record(NULL::public.%1$I, jsonb_build_object(%2$L, $1))).%2$I',
      TG_ARGV[place], TG_ARGV[place + 1]
    ) INTO image USING link -> TG_ARGV[place + 2];
    IF image IS NOT NULL THEN
      ${noteEnd}
    END IF;
  END LOOP;
  RETURN NULL;
END
$gantry$`;
}
