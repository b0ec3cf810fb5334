import { type ChainedEntry, hashEntry } from "./AuditEntry.ts";

/** What is wrong with a log, and from where on. */
export interface ChainProblem {
  readonly sequence: number;
  readonly problem: string;
}

/** Walks a log from a place that is known to be right, entry by entry; the first that does not fit is told. */
export class ChainWalk {
  readonly #organisation: string;
  #sequence: number;
  #hash: string;

  constructor(organisation: string, start: { readonly sequence: number; readonly hash: string }) {
    this.#organisation = organisation;
    this.#sequence = start.sequence;
    this.#hash = start.hash;
  }

  /** Where it has come to. */
  get place(): { readonly sequence: number; readonly hash: string } {
    return { sequence: this.#sequence, hash: this.#hash };
  }

  take({ previousHash, hash, ...entry }: ChainedEntry): ChainProblem | null {
    const sequence = this.#sequence + 1;
    if (entry.sequence !== sequence) {
      const missing =
        entry.sequence > sequence ? `entry ${sequence} is missing` : `entry ${entry.sequence} is repeated`;
      return { sequence, problem: `After entry ${this.#sequence}, ${missing}.` };
    }
    if (entry.organisation !== this.#organisation) {
      return { sequence, problem: `Entry ${sequence} is of another organisation's log.` };
    }
    if (previousHash !== this.#hash) {
      return { sequence, problem: `Entry ${sequence} does not follow the entry before it.` };
    }
    if (hashEntry(entry, previousHash) !== hash) return { sequence, problem: `Entry ${sequence} was altered.` };
    this.#sequence = sequence;
    this.#hash = hash;
    return null;
  }
}
