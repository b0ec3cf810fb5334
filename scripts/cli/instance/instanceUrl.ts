import { CliFailure } from "../CliFailure.ts";
import { exitCodes } from "../exitCodes.ts";

/** The address of an installation, as it is kept: origin and path, without a slash at the end. */
export function instanceUrl(given: string): string {
  const text = /^[a-z][a-z0-9+.-]*:\/\//i.test(given) ? given : `https://${given}`;
  if (URL.canParse(text)) {
    const { protocol, origin, pathname } = new URL(text);
    if (protocol === "https:" || protocol === "http:") return `${origin}${pathname}`.replace(/\/+$/, "");
  }
  throw new CliFailure(`${given} is no address of Gantry. Give one such as https://gantry.example.com.`, {
    exit: exitCodes.usage,
    code: "usage",
  });
}
