import type { Selection, WriteShape } from "../../plan/types.ts";

/**
 * Whether the answer shows related records that the change itself may have changed: one statement sees the database as
 * it was before, so they have to be read after it, in the same transaction.
 */
export function needsReread(shape: WriteShape): boolean {
  switch (shape.kind) {
    case "create":
    case "update":
      return showsRelated(shape.selection);
    case "createMany":
    case "destroy":
      return false;
  }
}

function showsRelated(selection: Selection): boolean {
  return selection.some(({ kind }) => kind === "one" || kind === "many");
}
