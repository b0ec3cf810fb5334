import type { Frame } from "#lib/compile/read/JsonPart.ts";
import type { RawRow } from "./runStatement.ts";

const nothing = Buffer.from("null");
const pieces = new WeakMap<Frame, readonly (Buffer | number)[]>();

/** The JSON of an answer: the frame's pieces with the columns' bytes between them. */
export function assemble(frame: Frame, row: RawRow): Buffer {
  if (frame.length === 1 && frame[0] === 0) return row[0] ?? nothing;
  let parts = pieces.get(frame);
  if (!parts) {
    parts = frame.map((piece) => (typeof piece === "string" ? Buffer.from(piece) : piece));
    pieces.set(frame, parts);
  }
  return Buffer.concat(parts.map((part) => (typeof part === "number" ? (row[part] ?? nothing) : part)));
}
