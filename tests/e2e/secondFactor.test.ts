import { type BrowserContext, expect, type Page, test } from "@playwright/test";
import { Secret, TOTP } from "otpauth";
import { type Account, signIn, signUp } from "./support/account.ts";

/** A security key of the page's own, which Chromium plays. */
async function addAuthenticator(page: Page): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("WebAuthn.enable");
  await devtools.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
}

async function signOut(page: Page, name: string): Promise<void> {
  await page.getByRole("button", { name: `Account of ${name}` }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await expect(page.getByRole("link", { name: "Sign in" })).toBeVisible();
}

/** Types the password in a browser of its own; it is asked for the second factor then. */
async function signInHalfWay(context: BrowserContext, account: Account): Promise<Page> {
  const page = await context.newPage();
  await signIn(page, account);
  await expect(page.getByRole("heading", { name: "Second step" })).toBeVisible();
  await expect(page.getByText(account.email)).toBeVisible();
  return page;
}

test("a passkey signs in alone", async ({ page }) => {
  await addAuthenticator(page);
  const account = await signUp(page, "Paula Passkey");
  await page.goto("/account/security");
  await page.getByLabel("Passkey name").fill("laptop");
  await page.getByRole("button", { name: "Add passkey" }).click();
  await expect(page.getByRole("list", { name: "Passkeys" })).toContainText("laptop");
  await expect(page.getByTestId("recovery-codes").getByRole("listitem")).toHaveCount(10);

  await signOut(page, "Paula Passkey");
  await page.goto("/sign-in?next=/account/sessions");
  await page.getByRole("button", { name: "Use a passkey" }).click();
  await expect(page).toHaveURL("/account/sessions");
  const here = page.getByRole("listitem").filter({ hasText: "this one" });
  await expect(here).toContainText("with a passkey");
  await expect(here).toContainText("second factor");

  await signOut(page, "Paula Passkey");
  await signIn(page, account);
  await expect(page.getByRole("heading", { name: "Second step" })).toBeVisible();
  await page.getByRole("button", { name: "Use a passkey" }).click();
  await expect(page).toHaveURL(`/${account.organisation}`);
});

test("codes and recovery codes are a second step, and a session is ended from another browser", async ({
  page,
  browser,
  baseURL,
}) => {
  const account = await signUp(page, "Cora Codes");
  await page.goto("/account/security");
  await page.getByRole("button", { name: "Set up" }).click();
  const secret = Secret.fromBase32(await page.getByTestId("code-secret").innerText());
  await page.getByLabel("Code that it shows").fill(TOTP.generate({ secret, timestamp: Date.now() - 30_000 }));
  await page.getByRole("button", { name: "Confirm" }).click();
  await expect(page.getByText("set up", { exact: true })).toBeVisible();
  const codes = await page.getByTestId("recovery-codes").getByRole("listitem").allInnerTexts();

  const context = await browser.newContext({ ...(baseURL && { baseURL }) });
  try {
    const other = await signInHalfWay(context, account);
    await other.getByLabel("Code").fill("000000");
    await other.getByRole("button", { name: "Sign in" }).click();
    await expect(other.getByLabel("Code")).toHaveAttribute("aria-invalid", "true");
    await other.getByLabel("Code").fill(TOTP.generate({ secret }));
    await other.getByRole("button", { name: "Sign in" }).click();
    await expect(other).toHaveURL(`/${account.organisation}`);

    await page.goto("/account/sessions");
    await page.getByRole("button", { name: "End all others" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "End all others" }).click();
    await expect(page.getByText("One session was ended.")).toBeVisible();
    await other.goto("/account");
    await expect(other).toHaveURL(/\/sign-in\?next=%2Faccount$/);

    const again = await signInHalfWay(context, account);
    await again.getByRole("button", { name: "Use a recovery code" }).click();
    await again.getByLabel("Recovery code").fill(codes[0] ?? "");
    await again.getByRole("button", { name: "Sign in" }).click();
    await expect(again).toHaveURL(`/${account.organisation}`);
    await again.goto("/account/security");
    await expect(again.getByText("9 are left")).toBeVisible();
  } finally {
    await context.close();
  }
});
