import { chromium } from "@playwright/test";
import { expect, test } from "vitest";
import { findChromium } from "#tests/support/chromium.ts";
import { salesApp } from "../testing/salesApp.ts";

/** Guarantee: under its own policy GraphiQL runs, knows the schema and answers, with nothing from elsewhere. */

const executablePath = findChromium();

test.skipIf(!executablePath)(
  "GraphiQL opens by a key and runs an operation (needs Chromium)",
  {
    timeout: 120_000,
  },
  async () => {
    await using app = await salesApp();
    const browser = await chromium.launch({ args: ["--no-sandbox"], ...(executablePath && { executablePath }) });
    try {
      const page = await browser.newPage();
      const complaints: string[] = [];
      const asked: string[] = [];
      page.on("pageerror", (error) => complaints.push(String(error)));
      page.on("console", (message) => {
        if (/Content Security Policy|Refused to/.test(message.text())) complaints.push(message.text());
      });
      page.on("request", (request) => asked.push(new URL(request.url()).origin));
      await page.goto(`${app.url}/graphql`);
      await page.getByLabel("API key").fill("gk_wrong");
      await page.getByRole("button", { name: "Open" }).click();
      await page.getByRole("alert").filter({ hasText: "not valid" }).waitFor();
      await page.getByLabel("API key").fill(app.key);
      await page.getByRole("button", { name: "Open" }).click();
      const editor = page.locator(".graphiql-query-editor .monaco-editor");
      await editor.click();
      await page.keyboard.press("ControlOrMeta+A");
      await page.keyboard.type("{ deals(first: 1) { nodes { ti");
      // What completion offers comes from the schema.
      await page.locator(".suggest-widget .monaco-list-row", { hasText: "title" }).first().waitFor();
      await page.keyboard.press("Enter");
      await page.locator(".graphiql-execute-button").click();
      await page.locator(".result-window", { hasText: "Alpha" }).waitFor();
      expect(complaints).toEqual([]);
      const own = new URL(app.url).origin;
      expect(asked.filter((origin) => origin !== own && origin !== "null")).toEqual([]);
    } finally {
      await browser.close();
    }
  },
);
