import { EgressError } from "./EgressError.ts";

const mostCharacters = 8000;

/** A URL of the web without credentials in it. Throws EgressError. */
export function readUrl(text: string, base?: URL): URL {
  const url = text.length <= mostCharacters && URL.canParse(text, base?.href) ? new URL(text, base?.href) : null;
  if (!url) throw new EgressError("invalid_request", "The address is no URL such as https://example.com/path.");
  if (url.protocol !== "https:" && url.protocol !== "http:") {
    throw new EgressError("invalid_request", "The address must begin with https:// or http://.");
  }
  if (url.username !== "" || url.password !== "") {
    throw new EgressError("invalid_request", "Leave user and password out of the address, and send them as a header.");
  }
  return url;
}
