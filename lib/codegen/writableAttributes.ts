import { storedAttributes } from "../model/features/storedAttributes.ts";
import type { Attribute, Resource } from "../model/types.ts";

/** The attributes that callers give when they create a record, or change it. */
export function writableAttributes(resource: Resource, action: "create" | "update"): readonly Attribute[] {
  return storedAttributes(resource).filter(({ type, writable }) => {
    // The content of files is sent to an address of its own, and sequences are counted by Gantry.
    if (type.kind === "sequence" || type.kind === "file" || writable === "readOnly") return false;
    return action === "create" || writable !== "writeOnce";
  });
}
