import { parseArgs } from "node:util";
import { createApiKey } from "./apiKeys.ts";
import { readSettings } from "./settings.ts";

// `npm run key -- <name> [--role manager]…`: makes an API key and prints it, this once. Without a role it may do
// everything. The app takes it from its next start on.

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { role: { type: "string", multiple: true } },
});
const [name] = positionals;
if (name === undefined) {
  console.error("Say what the key is for: npm run key -- <name> [--role manager]");
  process.exit(2);
}
console.log(await createApiKey(readSettings().apiKeysFile, { name, roles: values.role ?? null }));
