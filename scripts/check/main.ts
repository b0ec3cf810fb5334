import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { root } from "../root.ts";

/** One thing that is checked; the commands are Node.js programs of the packages and run one after another. */
interface Check {
  readonly name: string;
  readonly commands: readonly (readonly [program: string, ...parameters: string[]])[];
  /** What it prints is shown also when all is well. */
  readonly tells?: true;
}

const checks: readonly Check[] = [
  // The first makes the declarations of routes and of imported style sheets.
  {
    name: "types",
    commands: [
      ["next/dist/bin/next", "typegen"],
      ["typescript/bin/tsc", "--noEmit"],
    ],
  },
  {
    name: "format and lint",
    commands: [["@biomejs/biome/bin/biome", "ci", "--colors=off", "--diagnostic-level=warn"]],
  },
  {
    name: "walls",
    commands: [
      [
        "dependency-cruiser/bin/dependency-cruiser.mjs",
        "--config",
        ".dependency-cruiser.mjs",
        "app",
        "components",
        "server",
        "lib",
        "db",
        "scripts",
        "tests",
      ],
    ],
  },
  { name: "unused", commands: [["knip/bin/knip.js"]] },
  // What others wrote: the lock, licences, known vulnerabilities.
  { name: "dependencies", commands: [["../scripts/check/dependencies/main.ts"]], tells: true },
];

// `npm run check`: every check runs, also after one that failed; says what is wrong and how long each took.
let failed = 0;
for (const { name, commands, tells } of checks) {
  const since = performance.now();
  const { isWell, output } = await run(commands);
  if (!isWell) failed++;
  if (!isWell || tells) process.stdout.write(output);
  const seconds = `${((performance.now() - since) / 1000).toFixed(1)} s`;
  console.log(`${name.padEnd(18)}${(isWell ? "ok" : "FAILED").padEnd(8)}${seconds.padStart(8)}`);
}
process.exit(failed === 0 ? 0 : 1);

/** Runs the commands until one fails; answers with what the last of them printed. */
async function run(commands: Check["commands"]): Promise<{ readonly isWell: boolean; readonly output: string }> {
  let output = "";
  for (const [program, ...parameters] of commands) {
    const child = spawn(process.execPath, [join(root, "node_modules", program), ...parameters], {
      cwd: root,
      env: { ...process.env, NEXT_TELEMETRY_DISABLED: "1" },
      stdio: ["ignore", "pipe", "pipe"],
    });
    output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text: string) => {
        output += text;
      });
    }
    const [code] = await once(child, "close");
    if (code !== 0) return { isWell: false, output: output || `${program} ended with code ${code}.\n` };
  }
  return { isWell: true, output };
}
