/** One line of what Git tells its pre-receive hook: a branch or tag and where it would move. */
export interface PushUpdate {
  /** Null where the name is new. */
  readonly from: string | null;
  /** Null where the name is to go. */
  readonly to: string | null;
  /** In full: `refs/heads/main`. */
  readonly name: string;
}

export function parsePushUpdates(input: string): readonly PushUpdate[] {
  return input
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => {
      const [from = "", to = "", name = ""] = line.split(" ");
      return { from: present(from), to: present(to), name };
    });
}

function present(object: string): string | null {
  return /^0+$/.test(object) ? null : object;
}
