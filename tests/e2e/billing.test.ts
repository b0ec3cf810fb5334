import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { expect, test } from "@playwright/test";
import { freePort } from "#scripts/freePort.ts";
import { root } from "#scripts/root.ts";
import { type StripeServer, startStripe } from "../support/stripe/startStripe.ts";
import { signUp } from "./support/account.ts";

// An instance of its own that sells plans, of the build that the instance of these tests was started from.

let stripe: StripeServer;
let data: string;
let address: string;
let launcher: ChildProcess;

test.beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), "gantry-billing-"));
  await chmod(data, 0o711);
  stripe = await startStripe();
  const port = await freePort();
  launcher = spawn(process.execPath, [join(root, "scripts/launch.mjs"), "start"], {
    env: {
      ...{ NODE_ENV: "production", PATH: process.env.PATH, GANTRY_DATA: data, PORT: String(port) },
      ...{ GANTRY_RUNTIME_PORT: String(await freePort()), STRIPE_API_URL: stripe.url, STRIPE_SECRET_KEY: stripe.key },
      STRIPE_WEBHOOK_SECRET: "whsec_e2e",
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  address = `http://localhost:${port}`;
  stripe.tellTo({ url: `${address}/api/stripe/webhook`, secret: "whsec_e2e" });
  const ready = Promise.withResolvers<void>();
  launcher.once("exit", (code) => ready.reject(new Error(`The instance ended with code ${code}.`)));
  if (!launcher.stdout) throw new Error("The instance says nothing.");
  createInterface({ input: launcher.stdout }).on("line", (line) => {
    if (line.startsWith("Gantry is ready")) ready.resolve();
  });
  await ready.promise;
});

test.afterAll(async () => {
  if (launcher.exitCode === null && launcher.signalCode === null) {
    const exit = once(launcher, "exit");
    launcher.kill("SIGTERM");
    await exit;
  }
  await stripe[Symbol.asyncDispose]();
  await rm(data, { recursive: true });
});

test("one buys a plan on Stripe's page, is told of a payment that fails, mends it and cancels in the portal", async ({
  browser,
}) => {
  const context = await browser.newContext({ baseURL: address });
  const page = await context.newPage();
  const { organisation } = await signUp(page, "Paula Payer");
  const plan = `/${organisation}/settings/plan`;
  await page.goto(plan);
  await page.getByRole("button", { name: "Try Team" }).click();

  await expect(page).toHaveURL(new RegExp(`^${stripe.url}/c/pay/`));
  await page.getByLabel("Card number").fill("4000000000000341");
  await page.getByRole("button", { name: "Subscribe" }).click();
  await expect(page.getByText("The plan is yours")).toBeVisible();
  await expect(page.getByText("Visa ending in 0341")).toBeVisible();
  await expect(page.getByText("14 days left.")).toBeVisible();
  await page.getByRole("button", { name: "Close" }).click();
  await expect(page).toHaveURL(plan);

  stripe.advance({ days: 15 });
  await stripe.settled();
  await page.goto(`/${organisation}`);
  await page.getByRole("link", { name: "See to it" }).click();
  await expect(page.getByText("Payment failed", { exact: true })).toBeVisible();
  await page.getByRole("button", { name: "Manage at Stripe" }).click();
  await page.getByLabel("Card number").fill("4242424242424242");
  await page.getByRole("button", { name: "Save card" }).click();
  await page.getByRole("button", { name: "Cancel plan" }).click();
  await page.getByRole("link", { name: "Return" }).click();
  await expect(page.getByText("Ends soon")).toBeVisible();
  await expect(page.getByText("A payment did not go through")).toBeHidden();
  await page.getByRole("button", { name: "Keep Team" }).click();
  await expect(page.getByText("Active", { exact: true })).toBeVisible();
  await expect(page.getByRole("row", { name: /Paid/ })).toHaveCount(2);
  await context.close();
});
