import { permissions } from "#lib/access/permissions.ts";
import { type Role, roles } from "#lib/access/roles.ts";
import { scopes } from "#lib/access/scopes.ts";
import type { personalProcedures } from "../personalProcedures.ts";
import type { procedures } from "../procedures.ts";

interface Found {
  readonly procedures: typeof procedures;
  readonly personalProcedures: typeof personalProcedures;
  /** Which roles each procedure let in when it was called. */
  readonly observed: ReadonlyMap<string, ReadonlySet<Role>>;
}

const introduction = `# Roles

What the six roles of an organisation may do, as the procedures answered when each was called by each role. The table
is written by a test (\`npm test -- server/access/roles.test.ts --update=all\`), which fails where the two differ. The
rules themselves stand in \`lib/access/permissions.ts\`; which procedure asks for which is in \`server/access/procedures.ts\`.

- **owner**: everything; an organisation has at least one.
- **admin**: everything but deleting, handing over and exporting the organisation, ejecting and paying.
- **developer**: models, deploys, and keeps settings, keys and secrets.
- **analyst**: models and tries, but does not deploy.
- **viewer**: sees projects.
- **billing**: sees and changes the plan; sees no project.

In one project a member can be admin, developer, analyst or viewer instead, or not see it at all; an owner remains
owner everywhere.
`;

/** The text of docs/operations/roles.md. */
export function rolesDocument({ procedures: asked, personalProcedures: personal, observed }: Found): string {
  return [
    introduction,
    "## What may be done",
    table(
      ["Permission", "To", "Scope of tokens", ...roles],
      Object.entries(permissions).map(([permission, { deed, scope, roles: allowed }]) => [
        `\`${permission}\``,
        deed,
        scope,
        ...ticks(new Set<Role>(allowed)),
      ]),
    ),
    "## Scopes of tokens",
    "A token does what its owner's role allows, and of that only what it was given.\n",
    table(
      ["Scope", "Opens"],
      Object.entries(scopes).map(([scope, what]) => [`\`${scope}\``, what]),
    ),
    "## Every procedure",
    table(
      ["Procedure", "Asks for", ...roles],
      [...observed].map(([path, allowed]) => [
        `\`${path}\``,
        `\`${asked[path]?.permission ?? "nothing"}\``,
        ...ticks(allowed),
      ]),
    ),
    "## Procedures about oneself",
    "They name no organisation. *anyone*: without signing in; *person*: signed in or by a token; *session*: signed in in a browser.\n",
    table(
      ["Procedure", "By"],
      Object.entries(personal)
        .map(([path, { by }]) => [`\`${path}\``, by])
        .sort(([one = ""], [other = ""]) => (one < other ? -1 : 1)),
    ),
  ].join("\n");
}

const ticks = (allowed: ReadonlySet<Role>) => roles.map((role) => (allowed.has(role) ? "✓" : ""));

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |\n`;
  return `${line(heads)}${line(heads.map(() => "---"))}${rows.map(line).join("")}`;
}
