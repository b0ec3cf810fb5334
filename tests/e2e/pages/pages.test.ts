import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, type Page, test } from "@playwright/test";
import { addressesOf, routesOfPages } from "../../support/pages.ts";
import { signIn } from "../support/account.ts";
import { watchPolicy } from "../support/watchPolicy.ts";
import { judgePage } from "./judgePage.ts";

const run = promisify(execFile);

/** An account with a project that is deployed and has rows. */
let demo: {
  readonly email: string;
  readonly password: string;
  readonly organisation: string;
  readonly project: string;
};
test.beforeAll(async () => {
  const { stdout } = await run(process.execPath, ["scripts/launch.mjs", "demo", "--template", "crm", "--json"], {
    env: { ...process.env, GANTRY_DATA: process.env.GANTRY_E2E_DATA },
  });
  demo = JSON.parse(stdout);
});

/** Seen by whoever is not signed in. */
const isPublic = (route: string) => !route.startsWith("/[organisation]") && !/^\/(?:account|new|device)/.test(route);

async function open(page: Page, address: string): Promise<void> {
  const answer = await page.goto(address);
  const policy = (await answer?.headerValue("content-security-policy")) ?? "";
  expect(policy).toMatch(/script-src 'self' 'nonce-[\w+/=]{20,}' 'strict-dynamic';/);
  expect(policy).not.toContain("unsafe");
  expect(await answer?.headerValue("cache-control")).toContain("no-store");
  await expect(page.getByRole("main").first()).toBeVisible({ timeout: 60_000 });
  await expect(page.locator(".animate-pulse-soft")).toHaveCount(0, { timeout: 60_000 });
}

// Every page there is: none of axe's rules broken, nothing wider than the window, all of it reached by Tab and seen, and
// nothing that the page itself does refused by its policy of content.
test("every page is accessible, light and dark, wide and narrow, by keyboard, and keeps to its policy", async ({
  page,
}) => {
  test.setTimeout(900_000);
  const refused = await watchPolicy(page);
  const routes = await routesOfPages();
  const faults: string[] = [];
  page.on("pageerror", (error) => faults.push(`${page.url()}: ${error.message}`));
  page.on("console", (message) => {
    // What pages ask for that is not there answers 404, which the browser calls an error.
    if (message.type() === "error" && !message.text().startsWith("Failed to load resource")) {
      faults.push(`${page.url()}: ${message.text()}`);
    }
  });
  const only = process.env.GANTRY_PAGES;
  const judge = async (route: string) => {
    for (const address of addressesOf(route, demo)) {
      if (only && !address.includes(only)) continue;
      await test.step(address, async () => {
        await open(page, address);
        for (const fault of await judgePage(page)) faults.push(`${address}: ${fault}`);
      });
    }
  };
  for (const route of routes.filter(isPublic)) await judge(route);
  await signIn(page, demo);
  await expect(page).toHaveURL(`/${demo.organisation}`);
  for (const route of routes.filter((route) => !isPublic(route))) await judge(route);
  expect(faults).toEqual([]);
  expect(refused).toEqual([]);
});

test("what opens on pages keeps to their policy of content, and it holds against what is not ours", async ({
  page,
}) => {
  const refused = await watchPolicy(page);
  await signIn(page, demo);
  await expect(page).toHaveURL(`/${demo.organisation}`);

  await test.step("a palette, a dialog and an editor write their styles by the nonce", async () => {
    await open(page, `/${demo.organisation}/${demo.project}/model`);
    await expect(page.locator(".react-flow__node").first()).toBeVisible();
    await page.keyboard.press("Control+k");
    await expect(page.getByRole("dialog")).toBeVisible();
    await expect(page.locator("style[nonce]").first()).toBeAttached();
    await page.keyboard.press("Escape");
    await page.getByRole("radio", { name: "Code", exact: true }).click();
    await expect(page.locator(".cm-editor").first()).toHaveCSS("display", "flex");
  });
  expect(refused).toEqual([]);

  await test.step("what an attacker would write into the page does not run", async () => {
    await page.evaluate(() => {
      document.body.insertAdjacentHTML(
        "beforeend",
        `<img src="data:," onerror="window.ran = 'handler'"><a id="lure" href="javascript:window.ran = 'address'">x</a>
        <iframe srcdoc="<script>parent.ran = 'frame'</script>"></iframe><iframe src="https://example.com/"></iframe>`,
      );
      document.getElementById("lure")?.click();
    });
    await expect.poll(() => refused.length).toBeGreaterThanOrEqual(4);
    expect(await page.evaluate(() => Reflect.get(window, "ran") as unknown)).toBeUndefined();
  });
});
