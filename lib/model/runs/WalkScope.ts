import type { JsonValue } from "../types.ts";
import { type JsonSource, memberAt } from "./evaluateJson.ts";
import type { StepFailure, StepNote, StepStatus } from "./StepNote.ts";

/** Steps that see the same: those of a run, or of one item of a loop. */
export interface WalkScope {
  /** Such as `rows[3].`; empty at the top. */
  readonly prefix: string;
  /** By their names; changed as steps go on. */
  readonly notes: Map<string, StepNote>;
  readonly outer: WalkScope | null;
  /** The latest rounds of the repetitions in it, by their names: what they came to is seen after them. */
  readonly rounds: Map<string, WalkScope>;
  /** Names of the steps in repetitions that were begun in it: what they came to before is over. */
  readonly renewed: Set<string>;
  /** The round before this one. */
  readonly before: WalkScope | null;
  /** What the loop is at, by its name. */
  readonly items: Readonly<Record<string, JsonValue>>;
  /** What failed, for the steps that deal with it. */
  readonly error: StepFailure | null;
  /** ms since 1970; no step is begun after it. */
  readonly deadline: number | null;
  /** Set where steps beside these have failed: no further one is begun. */
  readonly group: StepGroup | null;
  /** Whether the steps undo others: those are tried again without being told to. */
  readonly undoes: boolean;
}

export interface StepGroup {
  isStopped: boolean;
  readonly outer: StepGroup | null;
}

export function topScope(notes: readonly StepNote[], deadline: number | null): WalkScope {
  const base = { prefix: "", outer: null, before: null, items: {}, error: null, group: null, undoes: false };
  return { ...base, notes: byName(notes), rounds: new Map(), renewed: new Set(), deadline };
}

export interface ItemPlace {
  /** Of the loop. */
  readonly name: string;
  readonly index: number;
  readonly notes: readonly StepNote[];
  readonly items?: Readonly<Record<string, JsonValue>>;
  readonly before?: WalkScope | null;
}

/** The scope of an item of a loop, or of a round of a repetition. */
export function itemScope(outer: WalkScope, { name, index, notes, items = {}, before = null }: ItemPlace): WalkScope {
  const prefix = itemPrefix(outer, name, index);
  // No further back than one round.
  const last = before && { ...before, before: null };
  return { ...outer, prefix, notes: byName(notes), rounds: new Map(), renewed: new Set(), before: last, outer, items };
}

export function itemPrefix({ prefix }: WalkScope, name: string, index: number): string {
  return `${prefix}${name}[${index}].`;
}

export function isStopped({ group }: WalkScope): boolean {
  for (let at = group; at; at = at.outer) if (at.isStopped) return true;
  return false;
}

/** What expressions in a scope see at a moment (RFC 3339). */
export function sourceOf(scope: WalkScope, input: JsonValue, now: string): JsonSource {
  return ([root = "", ...rest]) => {
    switch (root) {
      case "input":
        return memberAt(input, rest);
      case "steps":
        return memberAt(resultOf(scope, rest[0] ?? ""), rest.slice(1));
      case "now":
        return now;
      case "today":
        return now.slice(0, 10);
      case "error":
        if (!scope.error) return memberAt(itemOf(scope, root), rest);
        return memberAt({ code: scope.error.code, message: scope.error.message }, rest);
      default:
        return memberAt(itemOf(scope, root), rest);
    }
  };
}

function resultOf(scope: WalkScope, name: string): JsonValue {
  for (let at: WalkScope | null = scope; at; at = at.outer) {
    const note = noteIn(at, name) ?? (at.before && !at.renewed.has(name) ? noteIn(at.before, name) : null);
    if (!note && at.renewed.has(name)) return null;
    if (note) return note.status === "succeeded" || note.status === "undone" ? note.result : null;
  }
  return null;
}

/** Of a step that has ended; also from the latest rounds of repetitions. */
const unfinished: ReadonlySet<StepStatus> = new Set(["pending", "running", "waiting"]);

function noteIn({ notes, rounds }: WalkScope, name: string): StepNote | null {
  const note = notes.get(name);
  if (note && !unfinished.has(note.status)) return note;
  for (const round of rounds.values()) {
    const inner = noteIn(round, name);
    if (inner) return inner;
  }
  return null;
}

function itemOf(scope: WalkScope, name: string): JsonValue | undefined {
  for (let at: WalkScope | null = scope; at; at = at.outer) {
    if (Object.hasOwn(at.items, name)) return at.items[name];
  }
  return undefined;
}

function byName(notes: readonly StepNote[]): Map<string, StepNote> {
  return new Map(notes.map((note) => [note.name, note]));
}
