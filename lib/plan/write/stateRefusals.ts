import type { FieldError } from "../../errors/AppError.ts";
import { spokenName } from "../../model/naming/spokenName.ts";
import type { Resource, States } from "../../model/types.ts";

/** Names of the actions that lead on from a state; from null, of all that there are. */
function actionsFrom({ transitions }: States, state: string | null): readonly string[] {
  const open = transitions.filter(({ from }) => state === null || from.length === 0 || from.includes(state));
  return [...new Set(open.map(({ action }) => action))];
}

/** An action that does not lead on from the state that a record is in. */
export function illegalMove(resource: Resource, states: States, { action, state }: Move): FieldError {
  const allowed = actionsFrom(states, state);
  const message = `This ${spokenName(resource.name)} is ${state}, from where ${action} does not lead on. ${offer(allowed)}`;
  return { field: states.attribute, rule: "state", message, allowed };
}

/** An action that leads on from the state, but whose condition the record does not fulfil. */
export function closedTransition(resource: Resource, states: States, { action }: Pick<Move, "action">): FieldError {
  const guards = states.transitions.flatMap((transition) =>
    transition.action === action ? (transition.when ?? []) : [],
  );
  const message = `This ${spokenName(resource.name)} does not fulfil what ${action} asks for: ${guards.join(" or ")}.`;
  return { field: states.attribute, rule: "guard", message };
}

/** A change that sets the state itself; `state` is the one that the record is in, null where that is not known. */
export function notByHand(states: States, state: string | null): FieldError {
  const allowed = actionsFrom(states, state);
  const message = `Only actions change ${states.attribute}. ${offer(allowed)}`;
  return { field: states.attribute, rule: "state", message, allowed };
}

/** A new record in another state than the one in which they start. */
export function notTheFirst(states: States, initial: string): FieldError {
  const actions = actionsFrom(states, initial);
  const message = `A new one starts as ${initial}. Leave this out. ${offer(actions)}`;
  return { field: states.attribute, rule: "state", message, allowed: [initial] };
}

interface Move {
  readonly action: string;
  /** The option that the record is in. */
  readonly state: string;
}

function offer(actions: readonly string[]): string {
  return actions.length === 0 ? "No action leads on from here." : `Use one of these actions: ${actions.join(", ")}.`;
}
