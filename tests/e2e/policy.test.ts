import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, test } from "@playwright/test";
import { addressesOf, routesOfPages } from "../support/pages.ts";
import { signIn } from "./support/account.ts";
import { watchPolicy } from "./support/watchPolicy.ts";

const run = promisify(execFile);

const isPublic = (route: string) => !route.startsWith("/[organisation]") && !/^\/(?:account|new|device)/.test(route);

// Every page and what opens on them: nothing that our own pages do is refused by their policy, and what is not ours is.
test("pages keep to their policy of content, and it holds", async ({ page }) => {
  test.setTimeout(600_000);
  const told = await watchPolicy(page);
  const environment = { ...process.env, GANTRY_DATA: process.env.GANTRY_E2E_DATA };
  const made = await run(process.execPath, ["scripts/launch.mjs", "demo", "--template", "crm", "--json"], {
    env: environment,
  });
  const { email, password, organisation, project } = JSON.parse(made.stdout);
  const routes = await routesOfPages();
  const only = process.env.GANTRY_PAGES;
  const walk = async (route: string) => {
    for (const address of addressesOf(route, { organisation, project })) {
      if (only && !address.includes(only)) continue;
      await test.step(address, async () => {
        const answer = await page.goto(address);
        const policy = (await answer?.headerValue("content-security-policy")) ?? "";
        expect(policy).toMatch(/script-src 'self' 'nonce-[\w+/=]{20,}' 'strict-dynamic';/);
        expect(policy).not.toContain("unsafe");
        await expect(page.getByRole("main").first()).toBeVisible({ timeout: 60_000 });
        await expect(page.locator(".animate-pulse-soft")).toHaveCount(0, { timeout: 60_000 });
      });
    }
  };
  for (const route of routes.filter(isPublic)) await walk(route);
  await signIn(page, { email, password });
  await expect(page).toHaveURL(`/${organisation}`);
  for (const route of routes.filter((route) => !isPublic(route))) await walk(route);

  await test.step("a palette, a menu, a dialog and an editor write their styles by the nonce", async () => {
    await page.goto(`/${organisation}/${project}/model`);
    await expect(page.locator(".react-flow__node").first()).toBeVisible();
    await page.keyboard.press("Control+k");
    await expect(page.getByRole("dialog")).toBeVisible();
    await expect(page.locator("style[nonce]").first()).toBeAttached();
    await page.keyboard.press("Escape");
    await page
      .getByRole("radio", { name: "Code" })
      .or(page.getByRole("button", { name: "Code", exact: true }))
      .first()
      .click();
    await page.getByRole("treeitem").or(page.locator(".react-flow__node")).first().click();
    await expect(page.locator(".cm-editor").first()).toHaveCSS("display", "flex");
  });
  expect(told).toEqual([]);

  await test.step("what an attacker would write into the page does not run", async () => {
    const ran = await page.evaluate(async () => {
      document.body.insertAdjacentHTML("beforeend", `<img src="data:," onerror="window.ran = 'handler'">`);
      const script = document.createElement("script");
      script.textContent = "window.ran = 'inline'";
      script.setAttribute("nonce", "guessed");
      document.body.append(script);
      const frame = document.createElement("iframe");
      frame.src = "https://example.com/";
      document.body.append(frame);
      await new Promise((resolve) => setTimeout(resolve, 300));
      return Reflect.get(window, "ran") as unknown;
    });
    expect(ran).toBeUndefined();
    await expect.poll(() => told.length).toBeGreaterThanOrEqual(2);
  });
});
