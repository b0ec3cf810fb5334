import { expect, test } from "@playwright/test";
import { nameServer } from "../../server/features/sso/testing/nameServer.ts";
import { samlIdentityProvider } from "../../server/features/sso/testing/samlIdentityProvider.ts";
import { signUp } from "./support/account.ts";

// What only a browser shows: cookies on the way to another site and back, and the policy of our pages.
test("an admin sets SAML up, and somebody comes from their address to the list of projects", async ({
  page,
  browser,
}) => {
  const port = Number(process.env.GANTRY_E2E_DNS?.split(":")[1] ?? 0);
  await using names = await nameServer(port);
  await using provider = await samlIdentityProvider();
  const { organisation } = await signUp(page, "Sso Admin");
  const domain = `${organisation}.test`;

  await page.goto(`/${organisation}/settings/sign-in`);
  await page.getByLabel("Domain", { exact: true }).fill(domain);
  await page.getByRole("button", { name: "Add domain" }).click();
  const value = await page.getByText(/^gantry-domain-verification=/).textContent();
  names.texts.set(`_gantry.${domain}`, [value ?? ""]);
  await page.getByRole("button", { name: "Look for the record" }).click();
  await expect(page.getByText("Verified", { exact: true })).toBeVisible();

  await page.getByRole("button", { name: "Add connection" }).first().click();
  const dialog = page.getByRole("dialog");
  await dialog.getByText("SAML 2.0").click();
  await dialog.getByLabel("Name").fill("Provider");
  await dialog.getByLabel("Address of the provider's metadata").fill(provider.metadataUrl);
  await dialog.getByRole("button", { name: "Add connection" }).click();
  await expect(dialog).toBeHidden();

  provider.person = { email: `grace@${domain}`, groups: [] };
  await page.getByRole("link", { name: "Try it" }).click();
  await page.getByRole("button", { name: /^Go on as/ }).click();
  await expect(page.getByText("The connection works")).toBeVisible();
  await page.getByRole("switch", { name: /Signs people in/ }).click();
  await expect(page.getByText("On", { exact: true })).toBeVisible();

  const context = await browser.newContext();
  const other = await context.newPage();
  await other.goto("/sign-in");
  await other.getByRole("link", { name: "Continue with single sign-on" }).click();
  await other.getByLabel("Email").fill("grace@unknown.test");
  await other.getByRole("button", { name: "Continue with single sign-on" }).click();
  await expect(other.getByText(/^No organisation signs in/)).toBeVisible();
  await other.getByLabel("Email").fill(`grace@${domain}`);
  await other.getByRole("button", { name: "Continue with single sign-on" }).click();
  await other.getByRole("button", { name: /^Go on as/ }).click();
  await expect(other).toHaveURL(`/${organisation}`);
  await expect(other.getByRole("heading", { level: 1 }).or(other.getByRole("heading").first()).first()).toBeVisible();
  await context.close();
});
