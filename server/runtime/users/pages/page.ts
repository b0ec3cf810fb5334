import type { Answer } from "../../http/Answer.ts";

export interface Page {
  readonly status: number;
  readonly title: string;
  /** Paragraphs. */
  readonly text: readonly string[];
  /** A button that sends these fields back to where the page came from; `to` is where that may lead. */
  readonly form?: { readonly label: string; readonly fields: Readonly<Record<string, string>>; readonly to: string };
}

const style = `:root{color-scheme:light dark;font:16px/1.5 system-ui,sans-serif}
body{margin:0;min-height:100vh;display:grid;place-items:center;background:Canvas;color:CanvasText}
main{box-sizing:border-box;width:100%;max-width:26rem;padding:2rem 1.5rem}
h1{font-size:1.25rem;line-height:1.3;margin:0 0 .75rem}p{margin:0 0 1rem;overflow-wrap:anywhere}
button{font:inherit;font-weight:600;width:100%;padding:.7rem 1rem;border:0;border-radius:.5rem;background:#1d4ed8;color:#fff;cursor:pointer}
button:focus-visible{outline:3px solid #93c5fd;outline-offset:2px}`;

/** A page of a sign-in, for people whose app's own pages are not there yet. Without scripts; nobody frames or keeps it. */
export function page({ status, title, text, form }: Page): Answer {
  const paragraphs = text.map((each) => `<p>${escaped(each)}</p>`).join("");
  const fields = Object.entries(form?.fields ?? {})
    .map(([name, value]) => `<input type="hidden" name="${escaped(name)}" value="${escaped(value)}">`)
    .join("");
  const button = form ? `<form method="post">${fields}<button>${escaped(form.label)}</button></form>` : "";
  // Browsers hold a form to its addresses after redirects too.
  const action = form ? `'self' ${sourceOf(form.to)}` : "'none'";
  return {
    status,
    contentType: "text/html; charset=utf-8",
    body: `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex"><title>${escaped(title)}</title><style>${style}</style></head><body><main><h1>${escaped(title)}</h1>${paragraphs}${button}</main></body></html>`,
    headers: [
      ...["cache-control", "no-store"],
      // What the page is opened by is a secret; its own form says where it comes from.
      ...["referrer-policy", "same-origin"],
      "content-security-policy",
      `default-src 'none'; style-src 'unsafe-inline'; form-action ${action}; base-uri 'none'; frame-ancestors 'none'`,
    ],
  };
}

/** Of a place as a policy names it. */
function sourceOf(to: string): string {
  const { protocol, host } = new URL(to);
  return protocol === "http:" || protocol === "https:" ? `${protocol}//${host}` : protocol;
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
