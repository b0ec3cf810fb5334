// Mends the PostgreSQL client (postgres 3.4.9), which goes on with what was left of a connection that was cut:
// bytes not yet sent, rows of half an answer, an error already told, queries never answered. Everything after that on
// the same connection waits for ever, or is given the rows of another query. Harmless when done twice.
import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { Failure } from "./fail.mjs";
import { root } from "./root.mjs";

const files = ["src/connection.js", "cjs/src/connection.js"];

const mark = "function forgetLost()";

/** Each text stands in the file once. */
const changes = [
  ["    if (initial)\n      return reconnect()\n", "    if (initial)\n      return (forgetLost(), reconnect())\n"],
  [
    "    !hadError && (query || sent.length) && error(",
    // Also after an error: queries come in between the error and the end of the socket.
    "    ;(query || sent.length) && error(",
  ],
  ["    closedTime = performance.now()\n", "    forgetLost()\n    closedTime = performance.now()\n"],
  [
    "  /* Handlers */\n",
    `  ${mark} {
    chunk = nextWriteTimer = query = results = errorResponse = final = null
    result = new Result()
    rows = 0
  }

  /* Handlers */
`,
  ],
];

export function patchPostgres(folder = new URL("node_modules/postgres/", root)) {
  for (const name of files) {
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
