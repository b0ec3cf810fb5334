import { readFileSync } from "node:fs";

interface Asset {
  readonly contentType: string;
  readonly body: Buffer;
}

const read = (file: string, contentType: string): Asset => ({
  contentType,
  body: readFileSync(new URL(`./page/${file}`, import.meta.url)),
});

const assets: ReadonlyMap<string, Asset> = new Map([
  ["/docs", read("docs.html", "text/html; charset=utf-8")],
  ["/docs/docs.css", read("docs.css", "text/css; charset=utf-8")],
  ...["docs.js", "dom.js", "operation.js", "schemas.js"].map((file): [string, Asset] => [
    `/docs/${file}`,
    read(file, "text/javascript; charset=utf-8"),
  ]),
]);

/** Nothing but the page's own files runs or loads; it may call the app it belongs to. */
export const docsPolicy =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/**
 * A file of the documentation page. The page is the same for every app and tells nothing of any: it asks for an API
 * key and renders the app's `openapi.json`, which only a key opens.
 */
export function docsAsset(path: string): Asset | null {
  return assets.get(path) ?? null;
}
