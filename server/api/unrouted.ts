const inBrowser = "A deed of a person in the browser: tokens may not do it.";
const ofScreens = "Serves one screen while somebody works in it, and changes with it.";

/** Procedures that are no operation of the REST API, and why; a test holds that every other one is. */
export const unrouted: Readonly<Record<string, string>> = {
  "accounts.signUp": inBrowser,
  "devices.start": "How the command line program gets its token (docs/cli.md).",
  "devices.poll": "How the command line program gets its token (docs/cli.md).",
  "devices.find": inBrowser,
  "devices.decide": inBrowser,
  "tokens.create": inBrowser,
  "branches.environments.list": ofScreens,
  "deployments.keys.tester": ofScreens,
  "gate.progress": ofScreens,
  "tests.acceptEdited": "Decided while reading the proposal; saveTest commits a test of one's own.",
  "tests.check": "saveTest says the same, with the place.",
  "tests.reject": ofScreens,
  "tests.unreject": ofScreens,
};
