import { readCredentials } from "../instance/credentials.ts";

/** Git's credential helper (gitcredentials(7)): answers `get` with the kept token, leaves everything else alone. */
export async function credential(operation: string): Promise<void> {
  if (operation !== "get") return;
  let text = "";
  for await (const chunk of process.stdin.setEncoding("utf8")) text += chunk;
  const asked = new Map(
    text.split("\n").map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]),
  );
  const origin = `${asked.get("protocol")}://${asked.get("host")}`;
  const { instances } = await readCredentials();
  const found = Object.entries(instances).find(([url]) => new URL(url).origin === origin);
  const password = process.env.GANTRY_TOKEN ?? found?.[1].token;
  if (password !== undefined) process.stdout.write(`username=gantry\npassword=${password}\n`);
}
