import type { TesterSession } from "../../policies/tester/TesterSession.ts";

/** Saves the client of a live app as a file of the person at the browser. Throws an Error with a sentence for them. */
export async function downloadClient({ url, apiKey }: Pick<TesterSession, "url" | "apiKey">): Promise<void> {
  const headers = { authorization: `Bearer ${apiKey}` };
  const response = await fetch(`${url}/sdk.ts`, { headers }).catch((cause: unknown) => {
    throw new Error("The live app cannot be reached. Is it running?", { cause });
  });
  if (!response.ok) throw new Error(`The app answers ${response.status} instead of its client. Deploy it again.`);
  const address = URL.createObjectURL(await response.blob());
  const link = Object.assign(document.createElement("a"), { href: address, download: "gantry.ts" });
  link.click();
  URL.revokeObjectURL(address);
}
