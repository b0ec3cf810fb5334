import { chromium } from "@playwright/test";
import { expect, test } from "vitest";
import { methods } from "#lib/codegen/openapi/Operation.ts";
import type { OpenApiDocument } from "#lib/codegen/openapi/openApiDocument.ts";
import { everythingModel } from "#lib/codegen/openapi/testing/everythingModel.ts";
import { findChromium } from "#tests/support/chromium.ts";
import { servedApp } from "#tests/support/servedApp.ts";

const executablePath = findChromium();

test.skipIf(!executablePath)(
  "the page shows every operation, on wide and on narrow screens",
  { timeout: 120_000 },
  async () => {
    await using app = await servedApp(everythingModel);
    const { paths, tags } = (await (await app.fetch("/openapi.json")).json()) as OpenApiDocument;
    const operations = Object.values(paths).flatMap((item) => methods.flatMap((method) => item[method] ?? []));
    const browser = await chromium.launch({ ...(executablePath && { executablePath }), args: ["--no-sandbox"] });
    try {
      for (const width of [1440, 360]) {
        const page = await browser.newPage({ viewport: { width, height: 800 } });
        const wrong: string[] = [];
        page.on("pageerror", ({ message }) => wrong.push(message));
        page.on("console", (message) => message.type() === "error" && wrong.push(message.text()));
        await page.goto(`${app.url}/docs`);
        await page.getByLabel("API key").fill(app.key);
        await page.getByRole("button", { name: "Open" }).click();
        const seen: string[] = [];
        for (const { name } of tags) {
          await page.getByRole("navigation").getByRole("link", { name, exact: true }).click();
          await page.getByRole("heading", { level: 1, name, exact: true }).waitFor();
          seen.push(...(await page.locator("article").evaluateAll((articles) => articles.map(({ id }) => id))));
          const [shown = 0] = await page.evaluate(() => [document.documentElement.scrollWidth]);
          expect(shown).toBeLessThanOrEqual(width);
        }
        expect(seen.toSorted()).toEqual(operations.map(({ operationId }) => operationId).toSorted());
        // What is deprecated says so, requests can be copied, and an address of an operation leads to it.
        await page.goto(`${app.url}/docs#createNote`);
        const article = page.locator("#createNote");
        await expect.poll(() => article.getByText("deprecated").count()).toBeGreaterThan(1);
        expect(await article.locator("figure pre").first().textContent()).toMatch(
          /^curl -X POST 'http[^']+\/rest\/v1\/notes'/,
        );
        await article.getByText("Try it").click();
        await page.close();
        expect(wrong).toEqual([]);
      }
    } finally {
      await browser.close();
    }
  },
);
