import { cookieName, setCookie } from "../../../auth/sessionCookie.ts";
import { cookiesOf } from "../../../http/cookiesOf.ts";
import { attemptSeconds, randomText } from "./attempts.ts";

const name = "gantry.sso";

/** By which the browser that set out to a provider is known again; undefined where it brings none. */
export function browserOf(headers: Headers): string | undefined {
  const given = cookiesOf(headers)[cookieName(name)];
  return given !== undefined && /^[\w-]{43}$/.test(given) ? given : undefined;
}

/** The same for a browser that sets out: several tabs of one share it. */
export function settingOut(headers: Headers): { readonly browser: string; readonly cookie: string } {
  const browser = browserOf(headers) ?? randomText();
  return { browser, cookie: setCookie(name, browser, attemptSeconds) };
}
