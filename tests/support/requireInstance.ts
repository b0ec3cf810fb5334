import { findChromium } from "./chromium.ts";

/** Playwright's set-up: what `npm test` provides must be there. */
export default function requireInstance(): void {
  if (!findChromium()) throw new Error("No Chromium was found: install it, or set CHROMIUM_PATH.");
  if (!process.env.GANTRY_E2E_URL) {
    throw new Error("GANTRY_E2E_URL is not set: run these tests by “npm test -- tests/e2e”.");
  }
}
