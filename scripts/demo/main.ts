import { parseArgs } from "node:util";
import { explainFailure, Failure } from "../Failure.ts";
import { readSettings } from "../start/Settings.ts";
import { findOrStart, stopStarted } from "./instance.ts";
import { playStory, type Start } from "./story.ts";

// `npm run demo`: the main job without a browser. The result goes to stdout, everything else to stderr.
const usage = `Usage: npm run demo -- [--template crm|inventory|hr | --dump file.sql] [--json]
       npm run demo -- --stop     ends the instance that a demo started`;

try {
  const { values } = parseArgs({
    args: process.argv.slice(3),
    options: {
      template: { type: "string" },
      dump: { type: "string" },
      json: { type: "boolean", default: false },
      stop: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  const settings = readSettings("start");
  if (values.help) {
    console.log(usage);
  } else if (values.stop) {
    say(await stopStarted(settings.data));
  } else {
    const start = startOf(values);
    const web = await findOrStart(settings, say);
    const result = await playStory({ web, start, say });
    if (values.json) console.log(JSON.stringify(result));
    else for (const [name, value] of Object.entries(result)) console.log(`${name.padEnd(14)}${value}`);
  }
} catch (error) {
  const wrongUse = error instanceof TypeError && "code" in error && String(error.code).startsWith("ERR_PARSE_ARGS");
  say(wrongUse ? `${error.message}\n${usage}` : explainFailure(error));
  process.exitCode = wrongUse ? 2 : 1;
}
process.exit();

function say(sentence: string): void {
  console.error(sentence);
}

function startOf({ template, dump }: { template?: string | undefined; dump?: string | undefined }): Start {
  if (dump !== undefined) {
    if (template !== undefined) throw new Failure(`Choose a template or a dump, not both.\n${usage}`);
    return { kind: "dump", file: dump };
  }
  switch (template) {
    case undefined:
    case "crm":
    case "inventory":
    case "hr":
      return { kind: "template", template: template ?? "crm" };
    default:
      throw new Failure(`There is no template ${template}: choose crm, inventory or hr.`);
  }
}
