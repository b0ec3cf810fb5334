import { createReadStream } from "node:fs";
import { readFile } from "node:fs/promises";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { parseArgs } from "node:util";
import { openBackupFile } from "#server/features/backups/format/backupFile.ts";
import { backupSql } from "#server/features/backups/format/backupSql.ts";
import { Keyring } from "#server/secrets/Keyring.ts";
import { explainFailure, Failure } from "../Failure.ts";

// `npm run --silent backup -- <file> --key <key>`: SQL for psql on stdout. Needs nothing of an installation that runs.
const usage = `Usage: npm run --silent backup -- <file> (--key <key> | --secrets <folder>/secrets.json) > backup.sql

Writes a backup as SQL, for psql and a new, empty database. The key is told where the backup is downloaded;
the secrets of the installation that made it do as well. The file is whole if the last line says so.`;

try {
  const { values, positionals } = parseArgs({
    args: process.argv.slice(3),
    allowPositionals: true,
    options: { key: { type: "string" }, secrets: { type: "string" }, help: { type: "boolean", default: false } },
  });
  const [file] = positionals;
  if (values.help) console.log(usage);
  else if (file === undefined || positionals.length > 1) throw new Failure(usage);
  else {
    const { header, read } = await openBackupFile(createReadStream(file));
    const key = Buffer.from(await keyFor(values, header.keySealed), "base64url");
    if (key.length !== 32) throw new Failure("This is no key of a backup.");
    await pipeline(Readable.from(backupSql(read(key))), process.stdout);
  }
} catch (error) {
  console.error(error instanceof Error && error.name === "AppError" ? error.message : explainFailure(error));
  process.exitCode = 1;
}

interface Given {
  readonly key?: string | undefined;
  readonly secrets?: string | undefined;
}

async function keyFor({ key, secrets }: Given, keySealed: string): Promise<string> {
  if (key !== undefined) return key;
  if (secrets === undefined) throw new Failure(usage);
  const known = JSON.parse(await readFile(secrets, "utf8")) as Readonly<Record<string, string | undefined>>;
  const { GANTRY_SECRET: newest, GANTRY_SECRET_PREVIOUS: previous, GANTRY_SECRET_RETIRED: retired } = known;
  if (newest === undefined) throw new Failure(`${secrets} holds no GANTRY_SECRET.`);
  // The file was sealed by the key of its time.
  const older = [previous, retired].flatMap((list) => (list ? list.split(",") : []));
  try {
    return new Keyring([newest, ...older]).unseal(keySealed);
  } catch (cause) {
    throw new Failure("These are the secrets of another installation.", { cause });
  }
}
