import { errorCodes } from "#lib/errors/codes.ts";

const rows = Object.entries(errorCodes)
  .map(
    ([code, { status, title }]) =>
      `<tr id="${code}"><td><code>${code}</code></td><td>${status}</td><td>${title}.</td></tr>`,
  )
  .join("");

const html = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>Errors</title>
    <link rel="stylesheet" href="docs.css" />
  </head>
  <body>
    <main>
      <h1>Errors</h1>
      <p>Every error is a problem document (RFC 9457). Match on <code>code</code>; <code>detail</code> says what to do,
      and <code>errors</code> names each field that is wrong.</p>
      <div class="scroll"><table>
        <thead><tr><th scope="col">Code</th><th scope="col">Status</th><th scope="col">Meaning</th></tr></thead>
        <tbody>${rows}</tbody>
      </table></div>
    </main>
  </body>
</html>
`;

/** What the `type` of a problem document leads to. */
export const errorsPage = { contentType: "text/html; charset=utf-8", body: Buffer.from(html) };
