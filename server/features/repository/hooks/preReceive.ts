// What Git runs before it takes a push, from the script that http/pushHook.ts installs. Its output is the push's own.
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { gitDirectory } from "../git/GitDirectory.ts";
import { hookFailureFile } from "./hookFailure.ts";
import { judgePush } from "./judgePush.ts";
import { parsePushUpdates } from "./PushUpdate.ts";

const [path = "", objects = "", alternates = "", searchPath = ""] = process.argv.slice(2);

// Git begins it in the repository; what judges an app finds its programs from the project's folder.
process.chdir(join(import.meta.dirname, "../../../.."));

try {
  const kept = gitDirectory(path, { searchPath });
  // A push that only deletes brings no objects.
  const directory = objects ? gitDirectory(path, { searchPath, quarantine: { objects, alternates } }) : kept;
  const { accepted, lines } = await judgePush(parsePushUpdates(await text(process.stdin)), { directory, kept });
  say(lines);
  process.exitCode = accepted ? 0 : 1;
} catch (error) {
  // The pusher gets no internals; the server finds them in this file and logs them.
  const cause = error instanceof Error ? (error.stack ?? error.message) : String(error);
  await writeFile(join(path, hookFailureFile), cause).catch(() => {});
  say(["Gantry could not check this push, so nothing was changed. Try again in a moment."]);
  process.exitCode = 1;
}

function say(lines: readonly string[]): void {
  // Names in messages come from the pushed files: nothing of theirs may steer a terminal.
  for (const line of lines) process.stderr.write(`${line.replace(/\p{Cc}/gu, "\ufffd")}\n`);
}
