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
/** `git for-each-ref --format=`, the same fields of that one ref; refs below its name are listed too, but empty. */
export function refFormat(ref: string): string {
  const info = ["objectname", "parent", "authorname", "authoremail:trim", "authordate:unix", "contents"];
  return `%(if:equals=${ref})%(refname)%(then)${info.map((field) => `%(${field})%00`).join("")}%(end)`;
}

const fields = 6;

/** Reads what Git printed in one of the formats above. */
export function parseCommits(output: Buffer): CommitInfo[] {
  const parts = output.toString("utf8").split("\0");
  const commits: CommitInfo[] = [];
  for (let at = 0; at + fields <= parts.length; at += fields) {
    const [commit = "", parents = "", author = "", email = "", seconds = "", message = ""] = parts.slice(
      at,
      at + fields,
    );
    commits.push({
      commit: commit.trim(),
      parents: parents.split(" ").filter((parent) => parent !== ""),
      author,
      email,
      at: moment(Number(seconds)),
      message: message.trimEnd(),
    });
  }
  return commits;
}

/** Commits from elsewhere may carry any number for a date. */
function moment(seconds: number): string {
  const date = new Date(seconds * 1000);
  return Number.isNaN(date.getTime()) ? new Date(0).toISOString() : date.toISOString();
}
