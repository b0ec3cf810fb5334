import { describe, test } from "vitest";
import { register } from "../registration/register.ts";
import { describeJobEngine } from "./jobEngineContract.ts";

/*
 * The same promises kept by a real Inngest server, where one is named: `inngest start --retry-interval 1` on this
 * machine, with INNGEST_TEST_URL (http://127.0.0.1:8288), INNGEST_TEST_EVENT_KEY and INNGEST_TEST_SIGNING_KEY
 * (docs/operations/jobs.md says how). The server must reach the loopback interface.
 */
const { INNGEST_TEST_URL, INNGEST_TEST_EVENT_KEY = "", INNGEST_TEST_SIGNING_KEY = "" } = process.env;

if (INNGEST_TEST_URL) {
  const keys = { eventKey: INNGEST_TEST_EVENT_KEY, signingKey: INNGEST_TEST_SIGNING_KEY };
  const start = async (serveUrl: string) => {
    await register({ serveUrl, signingKey: keys.signingKey });
    return { url: INNGEST_TEST_URL, async [Symbol.asyncDispose]() {} };
  };
  describeJobEngine("Inngest server", start, { keys, url: INNGEST_TEST_URL, isStricter: false });
} else {
  describe("Inngest server", () => test.skip("needs one: set INNGEST_TEST_URL", () => {}));
}
