import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, test } from "@playwright/test";
import { addressesOf, routesOfPages } from "../../support/pages.ts";
import { signIn } from "../support/account.ts";
import { judgePage } from "./judgePage.ts";

const run = promisify(execFile);

/** Seen by whoever is not signed in. */
const isPublic = (route: string) => !route.startsWith("/[organisation]") && !/^\/(?:account|new|device)/.test(route);

// Every page there is: none of axe's rules broken, nothing wider than the window, all of it reached by Tab and seen.
test("every page is accessible, light and dark, wide and narrow, by keyboard", async ({ page }) => {
  test.setTimeout(900_000);
  const environment = { ...process.env, GANTRY_DATA: process.env.GANTRY_E2E_DATA };
  const told = await run(process.execPath, ["scripts/launch.mjs", "demo", "--template", "crm", "--json"], {
    env: environment,
  });
  const { email, password, organisation, project } = JSON.parse(told.stdout);
  const routes = await routesOfPages();
  const faults: string[] = [];
  const only = process.env.GANTRY_PAGES;
  const judge = async (route: string) => {
    for (const address of addressesOf(route, { organisation, project })) {
      if (only && !address.includes(only)) continue;
      await test.step(address, async () => {
        await page.goto(address);
        await expect(page.getByRole("main").first()).toBeVisible();
        await expect(page.locator(".animate-pulse-soft")).toHaveCount(0);
        for (const fault of await judgePage(page)) faults.push(`${address}: ${fault}`);
      });
    }
  };
  for (const route of routes.filter(isPublic)) await judge(route);
  await signIn(page, { email, password });
  await expect(page).toHaveURL(`/${organisation}`);
  for (const route of routes.filter((route) => !isPublic(route))) await judge(route);
  expect(faults).toEqual([]);
});
