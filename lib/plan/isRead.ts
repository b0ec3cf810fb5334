import type { ReadShape, WriteShape } from "./types.ts";

/** Whether a shape asks and changes nothing. */
export function isRead(shape: ReadShape | WriteShape): shape is ReadShape {
  const { kind } = shape;
  return kind === "one" || kind === "many" || kind === "history" || kind === "changes" || kind === "summary";
}
