import { defineConfig } from "@playwright/test";
import { findChromium } from "./tests/support/chromium.ts";

const executablePath = findChromium();
const baseURL = process.env.GANTRY_E2E_URL;
if (!executablePath) throw new Error("No Chromium was found: install it, or set CHROMIUM_PATH.");
if (!baseURL) throw new Error("GANTRY_E2E_URL is not set: run these tests by “npm test -- tests/e2e”.");

export default defineConfig({
  testDir: "tests/e2e",
  testMatch: "**/*.test.ts",
  // One instance serves them all, on machines with two cores.
  workers: 1,
  timeout: 120_000,
  expect: { timeout: 15_000 },
  forbidOnly: Boolean(process.env.CI),
  outputDir: "test-results",
  use: {
    baseURL,
    trace: "retain-on-failure",
    screenshot: "only-on-failure",
    viewport: { width: 1440, height: 900 },
    launchOptions: {
      executablePath,
      args: [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
});
