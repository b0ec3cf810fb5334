import { expect, type Page, test } from "@playwright/test";
import { signUp } from "../support/account.ts";

// How people sign in is set by clicks, checked where it is typed, deployed, and then holds on the live app.
test("people are let in, wrong settings are told at their fields, and accounts of the live app are looked after", async ({
  page,
}) => {
  test.setTimeout(300_000);
  await signUp(page, "Una Users");
  await page.goto("/new");
  await page.getByLabel("Name").fill("People");
  await page.getByRole("radio", { name: "Template", exact: true }).click();
  await page.getByRole("radio", { name: "CRM", exact: true }).click();
  await page.getByRole("button", { name: "Create project" }).click();
  await expect(page).toHaveURL(/\/model$/);
  const project = page.url().replace(/\/model$/, "");
  await page.goto(`${project}/api/users`);

  await test.step("an app that nobody signs in to comes to have sign-in", async () => {
    await page.getByRole("button", { name: "Let people sign in" }).click();
    await expect(page.getByRole("switch", { name: /^Password/ })).toBeChecked();
    await expect(page.getByLabel("Attribute with the address")).toHaveValue("email");
    await page.getByRole("switch", { name: /^Code by mail/ }).check();
    await page.getByRole("switch", { name: /^Authenticator apps/ }).check();
    await page.getByRole("radio", { name: "Some roles" }).click();
    await page.getByRole("group", { name: "Roles that must" }).getByRole("checkbox", { name: "manager" }).check();
  });

  await test.step("what is wrong is told where it stands", async () => {
    const characters = page.getByLabel("Characters at least");
    await characters.fill("5");
    await expect(page.getByText("Write a whole number between 8 and 128, or nothing.")).toBeVisible();
    await characters.fill("12");
    await characters.press("Enter");
    await page.getByLabel("New address").fill("shop.example");
    await page.getByRole("button", { name: "Add address" }).click();
    await expect(page.getByText("Write a whole address, such as https://shop.example/signed-in.")).toBeVisible();
    await page.getByLabel("New address").fill("https://shop.example/");
    await page.getByRole("button", { name: "Add address" }).click();
    await expect(page.getByText("and below")).toBeVisible();
    await page.getByRole("button", { name: "Add provider" }).click();
    await page.getByRole("menuitem", { name: "Google" }).click();
    await expect(page.getByText("/auth/google/callback")).toBeVisible();
    await expect(page.getByText("Name the client.")).toBeVisible();
    await page.getByLabel("Name of the client secret").fill("not a secret's name");
    await expect(page.getByText("This is the name of a secret, not the secret itself")).toBeVisible();
    await page.getByLabel("Name of the client secret").fill("GOOGLE_SECRET");
    await page.getByLabel("Client id").fill("people-app");
    await page.getByLabel("Client id").press("Enter");
    await expect(page.getByText("Name the client.")).toBeHidden();
  });

  await test.step("it is saved and deployed", async () => {
    const save = page.getByRole("button", { name: "Save", exact: true });
    await save.click();
    await expect(save).toBeDisabled();
    await page.goto(`${project}/ship`);
    await page.getByRole("button", { name: "Deploy to production" }).click();
    await expect(page.getByText("Release 1 live")).toBeVisible({ timeout: 90_000 });
  });

  await test.step("accounts of the live app are found, given roles, disabled", async () => {
    const asked = page.waitForRequest((request) => request.url().includes("/auth/accounts"));
    await accounts(page, project);
    const { authorization = "" } = (await asked).headers();
    await expect(page.getByText("Nobody has an account yet.")).toBeVisible();
    const made = await page.evaluate(
      async ({ url, authorization }) => {
        const ada = { email: "ada@example.com", emailVerified: true, profile: { name: "Ada" } };
        const headers = { authorization, "content-type": "application/json" };
        return (await fetch(url, { method: "POST", headers, body: JSON.stringify(ada) })).status;
      },
      { url: (await asked).url().replace(/\?.*$/, ""), authorization },
    );
    expect(made).toBe(201);
    await page.getByLabel("Find by address").fill("ada@example.com");
    await page.getByRole("button", { name: "Find", exact: true }).click();
    await does(page, "Change roles …");
    await page.getByRole("dialog").getByRole("checkbox", { name: "support" }).check();
    await page.getByRole("dialog").getByRole("button", { name: "Change roles" }).click();
    await expect(page.getByRole("row", { name: /^ada@example.com support/ })).toBeVisible();
    await does(page, "Disable …");
    await page.getByRole("dialog").getByRole("button", { name: "Disable" }).click();
    await expect(page.getByRole("row", { name: /^ada@example.com disabled/ })).toBeVisible();
  });

  await test.step("an invitation asks for what the record needs, and says what is missing", async () => {
    await page.getByRole("button", { name: "Invite somebody" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Address").fill("grace@example.com");
    await dialog.getByLabel("name", { exact: true }).fill("Grace");
    await dialog.getByRole("button", { name: "Invite" }).click();
    await expect(dialog.getByText("This app cannot send mail yet.")).toBeVisible();
    await page.keyboard.press("Escape");
  });

  await test.step("both fit a small screen", async () => {
    await page.setViewportSize({ width: 360, height: 780 });
    for (const name of ["Accounts", "Sign-in"]) {
      await page.getByRole("radio", { name }).click();
      const wider = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
      expect(wider, name).toBe(false);
    }
  });
});

async function accounts(page: Page, project: string): Promise<void> {
  await page.goto(`${project}/api/users`);
  await page.getByRole("radio", { name: "Accounts" }).click();
  await expect(page.getByText("Of production, release 1.")).toBeVisible();
}

async function does(page: Page, what: string): Promise<void> {
  await page.getByRole("button", { name: "What to do with ada@example.com" }).click();
  await page.getByRole("menuitem", { name: what }).click();
}
