// A process for the tests to kill: commits to the project named on its command line until then.
import { branchHead, commitFiles } from "../service.ts";

const [projectId = ""] = process.argv.slice(2);
const author = { name: "Ann Example", email: "ann@example.com" };

for (let count = 0; ; count += 1) {
  const base = (await branchHead(projectId))?.commit ?? "";
  const text = `${count} `.repeat(5000);
  const files = { "a.txt": text, "b/c.txt": text };
  if (count === 1) process.send?.("going");
  // Git of a former process may still be at its last commit.
  await commitFiles({ projectId, branch: "main", base, files, author, message: `Number ${count}` }).catch(() => {});
}
