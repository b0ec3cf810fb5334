import { env } from "../../../env.ts";
import type { SessionAddress } from "../source/openSession.ts";
import { readAddress } from "../source/readAddress.ts";
import type { ImportRow } from "./ImportRow.ts";
import { required } from "./ImportRow.ts";

/** Where the database to be read answers: the scratch database of a dump, or the person's own. */
export async function sourceAddress(row: ImportRow): Promise<SessionAddress> {
  const source = required(row.source, "source");
  if (source.kind === "dump") return required(row.scratch, "scratch database");
  return readAddress(source.url, { allowPrivate: allowsPrivate() });
}

/** Unless it is said: on a machine of one's own everyone with an account may reach what the machine reaches. */
function allowsPrivate(): boolean {
  const { GANTRY_ALLOW_PRIVATE_IMPORTS: said, NEXTAUTH_URL: web } = env();
  if (said !== undefined) return said;
  return /^(?:localhost|(?:.+\.)?localhost|127(?:\.\d+){3}|\[::1\])$/.test(new URL(web).hostname);
}
