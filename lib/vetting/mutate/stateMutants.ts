import { spokenName } from "../../model/naming/spokenName.ts";
import { replacedAt, withoutAt } from "../propose/without.ts";
import type { Mutants } from "./Mutants.ts";

/** States that may be left and reached otherwise. */
export function stateMutants(into: Mutants): void {
  const { states } = into.resource;
  if (!states) return;
  const { transitions } = states;
  const changed = (next: typeof transitions) => ({ states: { ...states, transitions: next } });
  transitions.forEach((transition, index) => {
    const part = ["states", "transitions", String(index)];
    const { when, ...open } = transition;
    const words = `“${spokenName(transition.action)}” of ${into.one}`;
    // Without its only transition an action would still be there where it is written.
    const others = transitions.some((each, at) => at !== index && each.action === transition.action);
    const isMade = !(into.resource.definedActions ?? []).some(({ name }) => name === transition.action);
    if (others || !isMade)
      into.add({
        kind: "transition",
        part,
        sentence: `${words} no longer leads to ${spokenName(transition.to)}.`,
        change: changed(withoutAt(transitions, index)),
      });
    else if (transition.from.length > 0)
      into.add({
        kind: "transition",
        part,
        sentence: `${words} is not there.`,
        change: changed(withoutAt(transitions, index)),
      });
    if (transition.from.length > 0) {
      into.add({
        kind: "transition",
        part,
        sentence: `${words} leads on from every state.`,
        change: changed(replacedAt(transitions, index, { ...transition, from: [] })),
        drops: false,
      });
    }
    if (when !== undefined) {
      into.add({
        kind: "guard",
        part: [...part, "when"],
        sentence: `${words} without its condition \`${when}\`.`,
        change: changed(replacedAt(transitions, index, open)),
      });
    }
  });
}
