import type { MergeSide } from "./MergeConflict.ts";

/** How conflicts are told. */
export interface MergeWords {
  /** Both set `option` of `what`, each to another value. */
  readonly set: (given: { what: string; option: string; mine: string; theirs: string }) => string;
  /** `by` removed what the other side changed. */
  readonly removed: (what: string, by: MergeSide) => string;
  /** Both gave two things (`within` a resource) one name; mine is called `now`. */
  readonly alike: (given: { name: string; now: string; within?: string; what?: string }) => string;
  readonly file: (path: string) => string;
}

/** To somebody whose unsaved changes are merged with what others saved: mine are "yours", and are taken. */
export const ownWords: MergeWords = {
  set: ({ what, option, mine, theirs }) =>
    `${what}: you set ${option} to ${mine}, they set it to ${theirs}; yours is taken`,
  removed: (what, by) =>
    by === "mine"
      ? `You removed ${what} and they changed it; it stays`
      : `They removed ${what} and you changed it; it stays`,
  alike: ({ name, now, within, what = "yours" }) =>
    `You and they each called something${within ? ` in ${within}` : ""} ${name}; ${what} is ${now}`,
  file: (path) => `${path} was changed on both sides; yours is taken`,
};

/** Of two branches by their names; somebody decides. */
export function branchWords(names: { readonly mine: string; readonly theirs: string }): MergeWords {
  return {
    set: ({ what, option, mine, theirs }) =>
      `${what}: ${names.mine} sets ${option} to ${mine}, ${names.theirs} sets it to ${theirs}`,
    removed: (what, by) => `${names[by]} removes ${what} and ${names[by === "mine" ? "theirs" : "mine"]} changes it`,
    alike: ({ name, now, within, what = `that of ${names.mine}` }) =>
      `${names.mine} and ${names.theirs} each call something${within ? ` in ${within}` : ""} ${name}; ${what} becomes ${now}`,
    file: (path) => `${path} is changed on ${names.mine} and on ${names.theirs}`,
  };
}
