import { actorMembers } from "../../model/events/actorMembers.ts";
import { hasEvents } from "../../model/events/resourcesWithEvents.ts";
import type { Model } from "../../model/types.ts";
import type { Entity } from "../../plan/catalog/Catalog.ts";
import { as, call, column, constant, contextParameter, derived, select, text } from "../../sql/build.ts";
import type { FromItem, SelectColumn, Statement } from "../../sql/Sql.ts";
import { eventSettings } from "../schema/eventsSchema.ts";
import { historySettings } from "../schema/historySchema.ts";

const changeName = "gantry_change";

interface Signature {
  readonly model: Model;
  readonly entity: Entity;
  /** Name of the action. */
  readonly action: string;
}

/**
 * The statement, telling the transaction who changes what by which action, for the triggers that record it: they fire at
 * the end of the statement, when these settings are made. Unchanged where neither a history is kept nor anything becomes
 * an event: what a change takes along may become one too.
 */
export function signed(statement: Statement, { model, entity: { resource }, action }: Signature): Statement {
  const isTold = hasEvents(model);
  if (!resource.features?.history && !isTold) return statement;
  const signature = derived(
    select({
      columns: [
        as("actor", setting(historySettings.actor, ["caller", "id"])),
        as("actor_kind", setting(historySettings.actorKind, ["actor", "kind"])),
        as("action", named(historySettings.action, action)),
        ...(isTold ? [as("acting_on", named(eventSettings.resource, resource.table)), ...facts(model)] : []),
      ],
    }),
    "gantry_signature",
  );
  if (statement.kind === "select") return { ...statement, from: [...statement.from, signature] };
  const from: FromItem[] = [{ kind: "common", name: changeName }, signature];
  return select({
    with: [{ name: changeName, statement }],
    columns: statement.returning.map(({ as: name }) => as(name, column(changeName, name))),
    from,
  });
}

function facts(model: Model): readonly SelectColumn[] {
  const members = actorMembers(model);
  return members.length === 0 ? [] : [as("facts", setting(eventSettings.facts, ["caller", "facts", ...members]))];
}

function named(name: string, value: string) {
  return call("set_config", text(name), text(value), constant(true));
}

function setting(name: string, path: readonly string[]) {
  return call("set_config", text(name), call("coalesce", contextParameter(path, "text"), text("")), constant(true));
}
