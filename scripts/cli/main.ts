import { readFileSync } from "node:fs";
import { CommanderError } from "commander";
import { explainFailure } from "../Failure.ts";
import { CliFailure } from "./CliFailure.ts";
import { exitCodes } from "./exitCodes.ts";
import { failureOf } from "./instance/failureOf.ts";
import { makeProgram } from "./program.ts";

// The command line program `gantry`, from a checkout and, built into one file, as a package of its own (docs/cli.md).

process.once("SIGINT", () => process.exit(130));

const program = makeProgram(versionOf());
try {
  await program.parseAsync(process.argv);
} catch (error) {
  process.exitCode = report(error);
}

function report(error: unknown): number {
  // Help and version end this way too; commander has said what there is to say.
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.usage;
  const failure = failureOf(error);
  const known = failure instanceof CliFailure ? failure : null;
  if (program.opts<{ readonly json: boolean }>().json) {
    const { code = "internal", details } = known ?? {};
    process.stdout.write(
      `${JSON.stringify({ error: { code, message: explainFailure(failure), details } }, null, 2)}\n`,
    );
  } else process.stderr.write(`${explainFailure(failure)}\n`);
  return known?.exit ?? exitCodes.refused;
}

/** Of the package that this file is in. */
function versionOf(): string {
  for (const place of ["./package.json", "../../package.json"]) {
    try {
      const found: unknown = JSON.parse(readFileSync(new URL(place, import.meta.url), "utf8"));
      if (typeof found === "object" && found !== null && "version" in found) return String(found.version);
    } catch {
      // Beside the built program it is in the same folder, in a checkout further up.
    }
  }
  return "0.0.0";
}
