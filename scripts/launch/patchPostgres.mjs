// Mends the PostgreSQL client (postgres 3.4.9). Harmless when done twice.
// - It goes on with what was left of a connection that was cut: bytes not yet sent, rows of half an answer, an error
//   already told, queries never answered. Everything after that on the same connection waits for ever, or is given the
//   rows of another query.
// - Its queues of connections grow while they are never empty, and are searched from their very beginning: under steady
//   load that took half of a server's time.
import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { Failure } from "./fail.mjs";
import { root } from "./root.mjs";

const connectionMark = "function forgetLost()";
const queueMark = "/* starts anew */";

/** By file what marks one that is done, and the changes; each text stands in the file once. */
const changesOfConnection = [
  ["    if (initial)\n      return reconnect()\n", "    if (initial)\n      return (forgetLost(), reconnect())\n"],
  [
    "    !hadError && (query || sent.length) && error(",
    // Also after an error: queries come in between the error and the end of the socket.
    "    ;(query || sent.length) && error(",
  ],
  ["    closedTime = performance.now()\n", "    forgetLost()\n    closedTime = performance.now()\n"],
  [
    "  /* Handlers */\n",
    `  ${connectionMark} {
    chunk = nextWriteTimer = query = results = errorResponse = final = null
    result = new Result()
    rows = 0
  }

  /* Handlers */
`,
  ],
];

const changesOfQueue = [
  ["      const index = xs.indexOf(x)\n", "      const at = xs.indexOf(x, index)\n"],
  ["      return index === -1\n", "      return at === -1\n"],
  ["(xs.splice(index, 1), x)", "(xs.splice(at, 1), x)"],
  [
    "        xs[index - 1] = undefined\n",
    `        xs[index - 1] = undefined
        ${queueMark}
        if (index === 256) {
          xs = xs.slice(index)
          index = 0
        }
`,
  ],
];

const files = [
  { name: "src/connection.js", mark: connectionMark, changes: changesOfConnection },
  { name: "cjs/src/connection.js", mark: connectionMark, changes: changesOfConnection },
  { name: "src/queue.js", mark: queueMark, changes: changesOfQueue },
  { name: "cjs/src/queue.js", mark: queueMark, changes: changesOfQueue },
];

export function patchPostgres(folder = new URL("node_modules/postgres/", root)) {
  for (const { name, mark, changes } of files) {
    const file = new URL(name, folder);
    let text = readFileSync(file, "utf8");
    if (text.includes(mark)) continue;
    for (const [before, after] of changes) {
      if (text.split(before).length !== 2)
        throw new Failure("The package postgres is not the one that scripts/launch/patchPostgres.mjs mends.");
      text = text.replace(before, () => after);
    }
    // Others may be reading it.
    const made = new URL(`${file.href}.${process.pid}`);
    writeFileSync(made, text);
    renameSync(made, file);
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) patchPostgres();
