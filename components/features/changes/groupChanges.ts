import type { ToldChange } from "./ToldChange.ts";

export interface ChangeGroup {
  /** Name of a resource or value object; null for the app itself. */
  readonly about: string | null;
  readonly sentences: readonly string[];
}

/** Who may do what first, for it matters most; then the rest by what it is about, in the order of the changes. */
export function groupChanges(changes: readonly ToldChange[]): {
  readonly access: readonly ChangeGroup[];
  readonly others: readonly ChangeGroup[];
} {
  return {
    access: grouped(changes.filter(({ isAccess }) => isAccess)),
    others: grouped(changes.filter(({ isAccess }) => !isAccess)),
  };
}

function grouped(changes: readonly ToldChange[]): readonly ChangeGroup[] {
  const groups = new Map<string | null, string[]>();
  for (const { about, sentence } of changes) {
    const sentences = groups.get(about) ?? [];
    // Two changes may say the same, such as two policies that differ in their description.
    if (!sentences.includes(sentence)) sentences.push(sentence);
    groups.set(about, sentences);
  }
  return [...groups].map(([about, sentences]) => ({ about, sentences }));
}
