/** One commit as screens show it. */
export interface CommitInfo {
  readonly commit: string;
  readonly parents: readonly string[];
  readonly author: string;
  readonly email: string;
  /** When it was written: RFC 3339, UTC. */
  readonly at: string;
  /** Subject and body, without the newline at the end. */
  readonly message: string;
}

/** `git log --format=`, with `-z` between commits. */
export const logFormat = "tformat:%H%x00%P%x00%an%x00%ae%x00%at%x00%B";
const refFields = ["objectname", "parent", "authorname", "authoremail:trim", "authordate:unix", "contents"]
  .map((field) => `%(${field})%00`)
  .join("");
/** `git for-each-ref --format=`, the same fields of that one ref; refs below its name are listed too, but empty. */
export function refFormat(ref: string): string {
  return `%(if:equals=${ref})%(refname)%(then)${refFields}%(end)`;
}

/** The same of every ref, with its name without `refs/heads/` first. */
export const branchesFormat = `%(refname:lstrip=2)%00${refFields}`;

const fields = 6;

/** Reads what Git printed in one of the formats above. */
export function parseCommits(output: Buffer): CommitInfo[] {
  return records(output, fields).map(commitInfo);
}

/** Reads what Git printed in `branchesFormat`. */
export function parseBranches(output: Buffer): { readonly name: string; readonly head: CommitInfo }[] {
  return records(output, fields + 1).map(([name = "", ...rest]) => ({ name: name.trim(), head: commitInfo(rest) }));
}

function records(output: Buffer, size: number): string[][] {
  const parts = output.toString("utf8").split("\0");
  const found: string[][] = [];
  for (let at = 0; at + size <= parts.length; at += size) found.push(parts.slice(at, at + size));
  return found;
}

function commitInfo([
  commit = "",
  parents = "",
  author = "",
  email = "",
  seconds = "",
  message = "",
]: string[]): CommitInfo {
  return {
    commit: commit.trim(),
    parents: parents.split(" ").filter((parent) => parent !== ""),
    author,
    email,
    at: moment(Number(seconds)),
    message: message.trimEnd(),
  };
}

/** Commits from elsewhere may carry any number for a date. */
function moment(seconds: number): string {
  const date = new Date(seconds * 1000);
  return Number.isNaN(date.getTime()) ? new Date(0).toISOString() : date.toISOString();
}
