import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { type Browser, chromium } from "@playwright/test";
import { afterAll, beforeAll, expect, test } from "vitest";
import { findChromium } from "#tests/support/chromium.ts";
import { type AuthApp, authApp } from "../testing/authApp.ts";
import { usersModel } from "../testing/usersModel.ts";

let on: AuthApp;
let browser: Browser;
let shop: string;
/** A site of its own, with whatever pages. */
const pages = new Map<string, string>();
const server = createServer(({ url = "" }, response) => {
  response.setHeader("content-type", "text/html").end(pages.get(url.split("?")[0] ?? "") ?? "<h1>The shop</h1>");
});

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "localhost", resolve));
  shop = `http://localhost:${(server.address() as AddressInfo).port}/`;
  const executablePath = findChromium();
  if (!executablePath) throw new Error("No Chromium was found: install it, or set CHROMIUM_PATH.");
  [on, browser] = await Promise.all([
    authApp(usersModel({ magicLink: true, redirects: [shop] })),
    chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] }),
  ]);
});
afterAll(async () => {
  await browser?.close();
  await on?.[Symbol.asyncDispose]();
  server.closeAllConnections();
  server.close();
});

async function mailedLink(): Promise<{ readonly link: string; readonly account: string }> {
  const { email, account } = await on.person();
  await on.auth("link", { email, redirect: `${shop}signed-in` });
  const mail = on.mails.findLast(({ recipients }) => recipients.includes(email));
  return { link: /http\S+/.exec(mail?.text ?? "")?.[0] ?? "", account };
}

test("a browser shows the page, takes its button, and lets it lead back to the app", async () => {
  const { link, account } = await mailedLink();
  const page = await browser.newPage();
  await page.goto(link);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("heading", { name: "The shop" }).waitFor();
  const back = new URL(page.url());
  expect(`${back.origin}${back.pathname}`).toBe(`${shop}signed-in`);
  // The page that it came from is a secret.
  expect(await page.evaluate("document.referrer")).toBe("");
  const { body } = await on.auth("token", { code: back.searchParams.get("code") });
  expect(body.account.id).toBe(account);
});

test("a browser presses no button for another site", async () => {
  const { link } = await mailedLink();
  const token = new URL(link).searchParams.get("token") ?? "";
  const action = link.split("?")[0];
  pages.set(
    "/evil",
    `<form method="post" action="${action}"><input name="token" value="${token}"></form><script>document.forms[0].submit()</script>`,
  );
  const page = await browser.newPage();
  const answered = page.waitForResponse((response) => response.request().method() === "POST");
  await page.goto(`${shop}evil`);
  expect((await answered).status()).toBe(403);
  const frame = await browser.newPage();
  pages.set("/frame", `<iframe src="${link}"></iframe>`);
  await frame.goto(`${shop}frame`, { waitUntil: "load" });
  expect(await frame.frames()[1]?.locator("button").count()).toBe(0);
});
