import { expect, test } from "@playwright/test";
import { signIn, signUp } from "./support/account.ts";

test("one signs up, out and in again, and lands where one wanted to go", async ({ page, context }) => {
  const account = await signUp(page, "Ada Account");
  const session = (await context.cookies()).find(({ name }) => name.includes("session-token"));
  expect(session).toMatchObject({ httpOnly: true, sameSite: "Lax" });

  await page.getByRole("button", { name: "Account of Ada Account" }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await expect(page.getByRole("link", { name: "Sign in" })).toBeVisible();

  await page.goto("/account");
  await expect(page).toHaveURL(/\/sign-in\?next=%2Faccount$/);
  await page.getByLabel("Email").fill(account.email);
  await page.getByLabel("Password").fill("not the password");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "not right" })).toBeVisible();
  await page.getByLabel("Password").fill(account.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page).toHaveURL("/account");
});

test("a known address is not told apart from a wrong password, on both doors", async ({ page, context }) => {
  const account = await signUp(page, "Known Person");
  await context.clearCookies();
  await page.goto("/sign-up");
  await page.getByLabel("Name").fill("Someone Else");
  await page.getByLabel("Email").fill(account.email);
  await page.getByLabel("Password").fill("another long password");
  await page.getByRole("button", { name: "Create account" }).click();
  await expect(page.getByText("That did not work.")).toBeVisible();
  await signIn(page, { email: "nobody-at-all@example.com", password: account.password });
  await expect(page.getByRole("alert").filter({ hasText: "not right" })).toBeVisible();
});

test("what a form is told is wrong stands at its field", async ({ page }) => {
  await page.goto("/sign-up");
  await page.getByLabel("Name").fill("Patty");
  await page.getByLabel("Email").fill("patty@example.com");
  await page.getByLabel("Password").fill("passwordpassword");
  await page.getByRole("button", { name: "Create account" }).click();
  await expect(page.getByLabel("Password")).toHaveAttribute("aria-invalid", "true");
});
