import { personalProcedures } from "../access/personalProcedures.ts";

const ofScreens = "Serves one screen while somebody works in it, and changes with it.";
const inBrowser = "A deed of a person in the browser: tokens may not do it.";
const paying = "Leads through paying in the browser.";

/** By path, of those that tokens could call. */
const reasons: Readonly<Record<string, string>> = {
  "audit.facets": ofScreens,
  "billing.cancel": paying,
  "billing.change": paying,
  "billing.checkout": paying,
  "billing.finishCheckout": paying,
  "billing.offers": paying,
  "billing.portal": paying,
  "billing.preview": paying,
  "billing.refresh": paying,
  "billing.resume": paying,
  "branches.environments.list": ofScreens,
  "deployments.keys.tester": ofScreens,
  "gate.progress": ofScreens,
  "organisations.leave": inBrowser,
  "sso.connections.tried": "Tells of a try in the browser, to whoever has made it.",
  "sso.directory.giveToken": "A token that opens the organisation is made in the browser, as others are.",
  "tests.acceptEdited": "Decided while reading the proposal; saveTest commits a test of one's own.",
  "tests.check": "saveTest says the same, with the place.",
  "tests.reject": ofScreens,
  "tests.unreject": ofScreens,
  "tokens.organisation.create": inBrowser,
  "tokens.organisation.rotate": inBrowser,
};

/** Why a procedure is no operation of the REST API; undefined where it has to be one. */
export function whyUnrouted(procedure: string): string | undefined {
  const personal = personalProcedures[procedure]?.by;
  if (personal === "session") return inBrowser;
  if (personal === "anyone") return "Part of signing in, for those who have no token yet.";
  return reasons[procedure];
}

/** Those that are told by their path. */
export const toldReasons = Object.keys(reasons);
