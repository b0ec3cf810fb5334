import { Resolver } from "node:dns/promises";
import { env } from "../../../env.ts";

const triesMilliseconds = 3000;

/** TXT records of a name, each as one text; none where there are none. Throws where no server of names answers. */
export async function readTexts(name: string): Promise<readonly string[]> {
  const resolver = new Resolver({ timeout: triesMilliseconds, tries: 2 });
  const servers = env().GANTRY_DNS_SERVERS;
  if (servers) resolver.setServers(servers);
  try {
    return (await resolver.resolveTxt(name)).map((parts) => parts.join(""));
  } catch (error) {
    if (isAbsence(error)) return [];
    throw error;
  }
}

function isAbsence(error: unknown): boolean {
  const code = error instanceof Error && "code" in error ? error.code : null;
  return code === "ENOTFOUND" || code === "ENODATA";
}
