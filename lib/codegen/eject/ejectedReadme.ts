import { fileOf } from "../../model/naming/fileOf.ts";
import { restPath } from "../../model/naming/restPath.ts";
import type { Model } from "../../model/types.ts";

/** The README of an ejected app. */
export function ejectedReadme({ app, resources }: Model): string {
  const rows = resources.map(
    (resource) =>
      `| ${resource.name} | [\`${fileOf(resource.name)}\`](${fileOf(resource.name)}) | [\`routes/${restPath(resource)}.ts\`](routes/${restPath(resource)}.ts) |`,
  );
  return `# ${app.name.replace(/\s+/g, " ").trim()}

A backend of its own: REST and GraphQL over PostgreSQL, from the model in \`domain/\`. It needs Node 24 and a PostgreSQL 18 (or newer), and nothing else; it calls nobody.

\`\`\`
npm install
export DATABASE_URL=postgres://user:password@localhost:5432/app
npm run key -- me          # prints an API key, this once
npm start                  # http://localhost:3000/docs
\`\`\`

An empty database gets its tables and the rows of \`seeds/\`; one that has been used gets what is missing, and nothing is taken away. With containers: \`POSTGRES_PASSWORD=… docker compose up\`; for a cluster see \`kubernetes/\`.

## Where things are

| | |
| --- | --- |
| \`domain/\` | one resource a file: its attributes, relationships, calculations, checks, states, actions, and who may do what |
| \`routes/\` | one resource a file: what of it is served over REST |
| \`processes/\`, \`functions/\` | what the app does by itself |
| \`tests/\` | what must hold, as examples; \`npm test\` runs them |
| \`seeds/\` | rows that an empty database begins with |
| \`gantry.config.ts\` | the app's name, roles, sign-in, connections |
| \`src/\` | the program: reads the model, brings the database to it, serves |
| \`engine/\` | what the program is made of: \`lib\` understands the model and makes SQL, \`schema\` plans and makes changes of the database, \`runtime\` answers requests |
| \`test/\` | tests of the whole |

| resource | its model and rules | its routes |
| --- | --- | --- |
${rows.join("\n")}

## Commands

| | |
| --- | --- |
| \`npm start\` | brings the database to the model and serves |
| \`npm test\` | the app's own tests and the whole API, on a database of their own on the server of \`DATABASE_URL\` |
| \`npm run check\` | types, under strict |
| \`npm run migrate\` | only the database; \`-- --plan\` shows the SQL and changes nothing |
| \`npm run key -- <name> [--role manager]\` | makes an API key; without a role it may do everything |
| \`npm run routes\` | writes \`routes/\` anew after the model has changed |

\`.env.example\` names every setting.

## Changing it

Change a file in \`domain/\`, run \`npm run routes\` where resources or actions come or go, \`npm test\`, start again. New columns are added, changed types get a column beside the old one, and what you take out of the model stays in the database until you delete it: a version before goes on working on the same database.

## Bringing rows from Gantry

Take a backup there, turn it into SQL as its page says, and run that on the empty database before the first start. Values of encrypted attributes and accounts of end users need the same \`ENCRYPTION_KEYS\`, which the owner of the project finds with the backup.
`;
}
