import type { AttributeKind, Model } from "#lib/model/types.ts";
import type { Selection } from "./state/Selection.ts";

export interface Found {
  readonly selection: Selection;
  readonly name: string;
  /** Null for a resource. */
  readonly kind: AttributeKind | null;
}

/** Resources first, then attributes; the name itself, then names that start with what was typed, then those that hold it. */
export function findInModel(model: Model, typed: string, limit = 50): readonly Found[] {
  const words = typed
    .toLowerCase()
    .split(/[\s.]+/)
    .filter(Boolean);
  const found: { readonly rank: number; readonly found: Found }[] = [];
  for (const resource of model.resources) {
    const rank = rankOf(resource.name, words);
    if (rank !== null) {
      const selection = { kind: "resource", resource: resource.name } as const;
      found.push({ rank, found: { selection, name: resource.name, kind: null } });
    }
    if (words.length === 0) continue;
    for (const { name, type } of resource.attributes) {
      // The last word is the attribute's; those before it may name the resource.
      const own = rankOf(name, words.slice(-1));
      if (own === null || rankOf(`${resource.name} ${name}`, words) === null) continue;
      const selection = { kind: "attribute", resource: resource.name, name } as const;
      found.push({ rank: own + 3, found: { selection, name, kind: type.kind } });
    }
  }
  found.sort((a, b) => a.rank - b.rank);
  return found.slice(0, limit).map((each) => each.found);
}

/** 0 is it, 1 starts with it, 2 holds it, null does neither. */
function rankOf(name: string, words: readonly string[]): 0 | 1 | 2 | null {
  const lower = name.toLowerCase();
  if (!words.every((word) => lower.includes(word))) return null;
  const [first] = words;
  if (lower === first) return 0;
  return first === undefined || lower.startsWith(first) ? 1 : 2;
}
