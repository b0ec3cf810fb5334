import type { Finding } from "./Rule.ts";

/** What is wrong with the name of a secret of the environment. */
export function secretFindings(name: string | undefined, path: readonly string[]): readonly Finding[] {
  if (name === undefined || (/^[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$/.test(name) && name.length <= 63)) return [];
  const better = name
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .replace(/[^A-Za-z0-9]+/g, "_")
    .replace(/^[_0-9]+|_+$/g, "")
    .toUpperCase();
  const hint = better === "" ? "" : `, such as \`${better.slice(0, 63)}\``;
  const message = `This is the name of a secret, not the secret itself: capitals, digits and \`_\`${hint}.`;
  return [{ code: "name_shape", path, message }];
}
