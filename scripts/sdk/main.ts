import { readFile, writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { explainFailure, Failure } from "../Failure.ts";

// `gantry sdk`: writes the typed client of a deployed app, or says whether the one that is there is still right.
const usage = `Usage: gantry sdk <address of the app> [--key gk_…] [--out gantry.ts] [--check]

  --key    an API key of the app; without it GANTRY_KEY of the environment is taken
  --out    where the client is written; - prints it
  --check  writes nothing, and fails when the file is not the client of the app as it is now`;

try {
  const { values, positionals } = parseArgs({
    args: process.argv.slice(3),
    allowPositionals: true,
    options: {
      key: { type: "string" },
      out: { type: "string", default: "gantry.ts" },
      check: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  const [address] = positionals;
  if (values.help) console.log(usage);
  else if (address === undefined || positionals.length > 1) throw new Failure(usage);
  else await run(address, values);
} catch (error) {
  const wrongUse = error instanceof TypeError && "code" in error && String(error.code).startsWith("ERR_PARSE_ARGS");
  console.error(wrongUse ? `${error.message}\n${usage}` : explainFailure(error));
  process.exitCode = wrongUse ? 2 : 1;
}

interface Wanted {
  readonly key?: string | undefined;
  readonly out: string;
  readonly check: boolean;
}

async function run(address: string, { key = process.env.GANTRY_KEY, out, check }: Wanted): Promise<void> {
  const client = await fetchClient(address, key);
  if (out === "-") {
    process.stdout.write(client);
  } else if (!check) {
    await writeFile(out, client);
    console.error(`Wrote ${out}.`);
  } else if (withoutRelease(await readFile(out, "utf8").catch(() => "")) === withoutRelease(client)) {
    console.error(`${out} is the client of the app as it is now.`);
  } else {
    throw new Failure(`${out} is not the client of the app as it is now. Write it again: gantry sdk ${address}`);
  }
}

async function fetchClient(address: string, key: string | undefined): Promise<string> {
  if (!URL.canParse(address))
    throw new Failure(`${address} is no address. Give that of the app, such as https://crm.example.com.`);
  const url = `${address.replace(/\/+$/, "")}/sdk.ts`;
  const headers: Record<string, string> = key === undefined ? {} : { authorization: `Bearer ${key}` };
  const response = await fetch(url, { headers }).catch((cause: unknown) => {
    throw new Failure(`${url} cannot be reached. Is the address right, and the app deployed?`, { cause });
  });
  const text = await response.text();
  if (response.ok) return text;
  const problem = JSON.parse(text.startsWith("{") ? text : "{}");
  throw new Failure(problem.detail ?? `${url} answered ${response.status}.`);
}

/** The first line names the release; another release with the same API has the same client. */
function withoutRelease(text: string): string {
  return text.slice(text.indexOf("\n"));
}
