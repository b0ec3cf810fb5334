import type { Actor, ParameterValue } from "../types.ts";

/** What expressions may know of a request besides records. */
export interface RequestContext {
  readonly actor: Actor;
  /** The moment of the request, RFC 3339 in UTC; `today()` is its date. */
  readonly now: string;
  /** Values of the action's arguments, canonical. */
  readonly arguments?: Readonly<Record<string, ParameterValue>>;
}

/** The canonical text of a value of the context by its path (`ContextValue` of lib/expression); null where there is none. */
export function contextValue(
  context: RequestContext,
  [root, name = "", ...members]: readonly string[],
): ParameterValue {
  switch (root) {
    case "now":
      return context.now;
    case "today":
      return context.now.slice(0, 10);
    case "arguments":
      return own(context.arguments ?? {}, name) ?? null;
    case "actor":
      return actorValue(context.actor, name);
    // Whoever it is, for what is written down: expressions cannot name it.
    case "caller":
      return name === "id" ? context.actor.id : name === "facts" ? facts(context.actor, members) : null;
    default:
      return null;
  }
}

/** An object of members of the actor, as JSON. */
function facts(actor: Actor, members: readonly string[]): string {
  return JSON.stringify(Object.fromEntries(members.map((name) => [name, actorValue(actor, name)])));
}

function actorValue(actor: Actor, name: string): ParameterValue {
  switch (name) {
    case "id":
      // An API key is nobody's record: expressions take this for the key of a user.
      return actor.kind === "user" ? actor.id : null;
    case "kind":
      return actor.kind;
    case "role":
      return actor.roles[0] ?? null;
    case "roles":
      return actor.roles;
    case "tenant":
      return actor.tenant;
    default:
      return own(actor.attributes, name) ?? null;
  }
}

function own<Value>(values: Readonly<Record<string, Value>>, name: string): Value | undefined {
  return Object.hasOwn(values, name) ? values[name] : undefined;
}
