import type { BelongsTo } from "#lib/model/types.ts";
import { inverseNameOf } from "./relationshipNames.ts";
import type { TableDraft } from "./TableDraft.ts";

/** Gives every relationship its other side: the many of the one. */
export function inferInverses(drafts: readonly TableDraft[]): void {
  for (const child of drafts) {
    const links = [...child.links.values()];
    for (const link of links) {
      const parent = drafts.find(({ names }) => names.name === link.target);
      if (!parent) continue;
      const isOnly = links.filter(({ target }) => target === link.target).length === 1;
      const wanted = inverseNameOf(link, child, { parent, isOnly });
      const name = parent.fields.claim(wanted, { ending: "List" });
      parent.inverses.push({ kind: "hasMany", name, target: child.names.name, via: link.name });
    }
  }
}

/** Records that require each other in a circle could never be created: the last reference of each circle may be empty. */
export function breakRequiredCycles(drafts: readonly TableDraft[]): void {
  const state = new Map<TableDraft, "open" | "done">();
  const visit = (draft: TableDraft): void => {
    state.set(draft, "open");
    for (const [column, link] of draft.links) {
      if (!link.required) continue;
      const target = drafts.find(({ names }) => names.name === link.target);
      if (!target) continue;
      if (state.get(target) === "open") loosen(draft, column, link);
      else if (!state.has(target)) visit(target);
    }
    state.set(draft, "done");
  };
  for (const draft of drafts) if (!state.has(draft)) visit(draft);
}

function loosen(draft: TableDraft, column: string, link: BelongsTo): void {
  draft.links.set(column, { ...link, required: false });
  draft.note(
    column,
    "It was required in a circle of references, in which no record could be the first: now it may be empty.",
  );
}
