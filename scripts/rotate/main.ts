import { parseArgs } from "node:util";
import { explainFailure, Failure } from "../Failure.ts";
import { secretsOf } from "../start/database.ts";
import { runningInstance } from "../start/RunFile.ts";
import { readSettings } from "../start/Settings.ts";
import { renewSecrets } from "../start/secrets.ts";
import { sealAnew } from "./sealAnew.ts";

const usage = `Usage: npm run rotate-secrets
       npm run rotate-secrets -- --seal

Gives the installation of GANTRY_DATA a new key for what it keeps sealed and for cookies. The next \`npm start\` seals
everything anew; whoever is signed in stays so.

With --seal, where the keys are set in the environment: seals everything in DATABASE_URL with GANTRY_SECRET that one of
GANTRY_SECRET_PREVIOUS has sealed, while the control plane runs. Ended early, it goes on when it is run again.`;

try {
  const { values } = parseArgs({
    args: process.argv.slice(3),
    options: { seal: { type: "boolean", default: false }, help: { type: "boolean", default: false } },
  });
  if (values.help) console.log(usage);
  else if (values.seal) console.log(await sealByEnvironment());
  else console.log(await renew());
} catch (error) {
  console.error(explainFailure(error));
  process.exitCode = 1;
}

async function sealByEnvironment(): Promise<string> {
  const { DATABASE_URL: databaseUrl, GANTRY_SECRET: newest, GANTRY_SECRET_PREVIOUS: previous } = process.env;
  if (!databaseUrl || !newest || !previous) {
    throw new Failure("Set DATABASE_URL, GANTRY_SECRET to the new key and GANTRY_SECRET_PREVIOUS to the old one.");
  }
  return await sealAnew({ databaseUrl, newest, previous });
}

async function renew(): Promise<string> {
  const { data, environment } = readSettings("start");
  if (environment.GANTRY_SECRET) {
    throw new Failure("GANTRY_SECRET is set in the environment: set the new one there, and see --help for --seal.");
  }
  await secretsOf(data);
  await renewSecrets(data);
  return runningInstance(data)
    ? "The keys are new. Restart Gantry: it seals everything anew before it serves."
    : "The keys are new. The next start seals everything anew before it serves.";
}
