import { decodePart } from "./query/RawQuery.ts";

/** A part of a path. A plus is a plus there; what is not well-formed is the key of nothing. */
export function decodeSegment(segment: string): string {
  return segment.includes("%") ? (decodePart(segment.replaceAll("+", "%2B")) ?? "\0") : segment;
}
