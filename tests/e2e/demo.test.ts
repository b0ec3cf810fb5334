import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, test } from "@playwright/test";
import { AppClient } from "./support/AppClient.ts";

const run = promisify(execFile);

// For people who want to see it and for scripts: the main job by one command, without a browser.
test("the demo makes an app with rows that answers, and prints how to reach it as JSON", async ({ page, baseURL }) => {
  const { stdout, stderr } = await run(
    process.execPath,
    ["scripts/launch.mjs", "demo", "--template", "inventory", "--json"],
    { env: { ...process.env, GANTRY_DATA: process.env.GANTRY_E2E_DATA } },
  );
  const told = JSON.parse(stdout);
  expect(Object.keys(told)).toEqual([
    "web",
    "email",
    "password",
    "organisation",
    "project",
    "rest",
    "graphql",
    "openapi",
    "apiKey",
    "git",
  ]);
  expect(told.web).toBe(baseURL);
  expect(stderr).toContain("Release 1 answers every new request.");

  const app = new AppClient(told.rest.replace(/\/rest\/v1$/, ""), told.apiKey);
  expect((await app.rest("/products?count=exact")).body.count).toBe(8);
  expect((await app.openapi()).body.info.title).toBe("Inventory");
  const { stockItems } = await app.graphql("{ stockItems(first: 1) { totalCount nodes { product { sku } } } }");
  expect(stockItems.totalCount).toBe(10);

  await page.goto("/sign-in");
  await page.getByLabel("Email").fill(told.email);
  await page.getByLabel("Password").fill(told.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page).toHaveURL(`/${told.organisation}`);
});

test("a wrong call of the demo says what is right and ends with an error", async () => {
  const wrong = run(process.execPath, ["scripts/launch.mjs", "demo", "--template", "shop"], {
    env: { ...process.env, GANTRY_DATA: process.env.GANTRY_E2E_DATA },
  });
  await expect(wrong).rejects.toMatchObject({ code: 1, stderr: expect.stringContaining("crm, inventory or hr") });
});
