import { resourceNamed } from "../../model/expressions/resourceAlong.ts";
import type { Model, Resource } from "../../model/types.ts";
import { type Draft, type DraftActor, withRow } from "./Draft.ts";
import type { Solving } from "./Solving.ts";

/** Whoever is known has at least a key. */
export function withActor(draft: Draft, part: Partial<DraftActor>): Draft {
  const kind = draft.actor.kind === "anonymous" ? "key" : draft.actor.kind;
  return { ...draft, actor: { ...draft.actor, kind, ...part } };
}

/** The resource whose records are the app's users. */
export function usersOf(model: Model): Resource | null {
  return model.app.users === undefined ? null : resourceNamed(model, model.app.users);
}

/** The actor as a user of the app: the one that it is already, or a new one. */
export function* asUser(solving: Solving, draft: Draft): Generator<Draft> {
  if (draft.actor.kind === "user") {
    yield draft;
    return;
  }
  const users = usersOf(solving.model);
  if (!users) return;
  const made = withRow(solving.model, draft, { resource: users, called: "asker" });
  yield withActor(made.draft, { kind: "user", row: made.name });
}
