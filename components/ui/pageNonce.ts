/**
 * What the page's policy of content knows our own inline styles by: libraries that write style elements are given it.
 * Of the document, so that it holds on as people go from page to page. Empty on the server, where none are written.
 */
export function pageNonce(): string {
  if (typeof document === "undefined") return "";
  return document.querySelector<HTMLScriptElement>("script[nonce]")?.nonce ?? "";
}
