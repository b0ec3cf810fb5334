import { seal, unseal } from "../../secrets/seal.ts";

/** A place in an organisation's log. */
export interface LogPlace {
  readonly organisationId: string;
  readonly sequence: number;
  readonly hash: string;
}

/** What only the installation can have written: whoever has the database alone cannot move the end of a log. */
export function sealHead({ organisationId, sequence, hash }: LogPlace): string {
  return seal(`${organisationId} ${sequence} ${hash}`);
}

export function isSealOf(sealed: string, { organisationId, sequence, hash }: LogPlace): boolean {
  try {
    return unseal(sealed) === `${organisationId} ${sequence} ${hash}`;
  } catch {
    return false;
  }
}
