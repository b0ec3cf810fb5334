import type { Container } from "./Container.ts";
import { insertItem } from "./insertItem.ts";
import { removeItem } from "./removeItem.ts";
import type { SourceFile } from "./SourceFile.ts";
import { cannotEdit, withText } from "./SourceFile.ts";

export type ListStep =
  | { readonly kind: "keep"; readonly before: number; readonly after: number }
  | { readonly kind: "replace"; readonly before: number; readonly after: number }
  | { readonly kind: "remove"; readonly before: number }
  | { readonly kind: "insert"; readonly after: number };

/** The least that turns one list into the other: what stays, what is replaced in its place, what goes and comes. */
export function listSteps(before: readonly string[], after: readonly string[]): readonly ListStep[] {
  const steps: ListStep[] = [];
  let nextBefore = 0;
  let nextAfter = 0;
  for (const [i, j] of commonIndexes(before, after)) {
    while (nextBefore < i && nextAfter < j) steps.push({ kind: "replace", before: nextBefore++, after: nextAfter++ });
    while (nextBefore < i) steps.push({ kind: "remove", before: nextBefore++ });
    while (nextAfter < j) steps.push({ kind: "insert", after: nextAfter++ });
    if (i < before.length) steps.push({ kind: "keep", before: nextBefore++, after: nextAfter++ });
  }
  return steps;
}

/** Indexes of a longest common subsequence, closed by the pair of lengths. */
export function commonIndexes(
  before: readonly string[],
  after: readonly string[],
): readonly (readonly [number, number])[] {
  const width = after.length + 1;
  const lengths = new Uint32Array((before.length + 1) * width);
  for (let i = before.length - 1; i >= 0; i--) {
    for (let j = after.length - 1; j >= 0; j--) {
      const longer =
        before[i] === after[j]
          ? (lengths[(i + 1) * width + j + 1] ?? 0) + 1
          : Math.max(lengths[(i + 1) * width + j] ?? 0, lengths[i * width + j + 1] ?? 0);
      lengths[i * width + j] = longer;
    }
  }
  const pairs: (readonly [number, number])[] = [];
  let i = 0;
  let j = 0;
  while (i < before.length && j < after.length) {
    if (before[i] === after[j]) pairs.push([i++, j++]);
    else if ((lengths[(i + 1) * width + j] ?? 0) >= (lengths[i * width + j + 1] ?? 0)) i++;
    else j++;
  }
  return [...pairs, [before.length, after.length]];
}

export interface ListEdit {
  readonly before: readonly string[];
  readonly after: readonly string[];
  /** Finds the list in a changed text. */
  readonly container: (source: SourceFile) => Container;
  /** The text of the new element. */
  readonly print: (after: number) => string;
  /** Turns the element at `index` into the new one. */
  readonly replace: (source: SourceFile, index: number, change: { before: number; after: number }) => string;
  readonly empty: "spaced" | "tight";
}

/** Turns a written list into another by the least edits. */
export function editList(source: SourceFile, edit: ListEdit): SourceFile {
  if (edit.container(source).items.length !== edit.before.length) throw cannotEdit(source.path);
  let current = source;
  let at = 0;
  for (const step of listSteps(edit.before, edit.after)) {
    switch (step.kind) {
      case "keep":
        at++;
        break;
      case "replace":
        current = withText(current, edit.replace(current, at++, step));
        break;
      case "remove":
        current = withText(current, removeItem(current, edit.container(current), at));
        break;
      case "insert": {
        const item = { index: at++, print: () => edit.print(step.after), empty: edit.empty };
        current = withText(current, insertItem(current, edit.container(current), item));
      }
    }
  }
  return current;
}
