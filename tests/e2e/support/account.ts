import { randomBytes } from "node:crypto";
import { expect, type Page } from "@playwright/test";

export interface Account {
  readonly email: string;
  readonly password: string;
  /** Slug of the personal organisation. */
  readonly organisation: string;
}

/** Signs a new person up by the form; ends on their list of projects. */
export async function signUp(page: Page, name: string): Promise<Account> {
  const email = `${name.toLowerCase().replaceAll(" ", ".")}-${randomBytes(3).toString("hex")}@example.com`;
  const password = randomBytes(12).toString("base64url");
  await page.goto("/sign-up");
  await page.getByLabel("Name").fill(name);
  await page.getByLabel("Email").fill(email);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Create account" }).click();
  await expect(page.getByRole("heading", { name: "Your projects will stand here" })).toBeVisible();
  return { email, password, organisation: new URL(page.url()).pathname.slice(1) };
}

export async function signIn(page: Page, { email, password }: Pick<Account, "email" | "password">): Promise<void> {
  await page.goto("/sign-in");
  await page.getByLabel("Email").fill(email);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
}
