import { seal, unseal } from "../../secrets/seal.ts";

/** A place in an organisation's log. */
export interface LogPlace {
  readonly organisationId: string;
  readonly sequence: number;
  readonly hash: string;
}

/** What it marks: the end of a log, or what was removed before its beginning. One cannot stand in for the other. */
type Mark = "end" | "checkpoint";

/** What only the installation can have written: whoever has the database alone cannot move the ends of a log. */
export function sealMark(mark: Mark, place: LogPlace): string {
  return seal(textOf(mark, place));
}

export function isSealOf(sealed: string, mark: Mark, place: LogPlace): boolean {
  try {
    return unseal(sealed) === textOf(mark, place);
  } catch {
    return false;
  }
}

function textOf(mark: Mark, { organisationId, sequence, hash }: LogPlace): string {
  return `audit log ${mark} ${organisationId} ${sequence} ${hash}`;
}
