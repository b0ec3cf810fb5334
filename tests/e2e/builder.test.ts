import { expect, type Page, test } from "@playwright/test";
import { signIn, signUp } from "./support/account.ts";

async function newProject(page: Page, { name, template }: { name: string; template?: string }): Promise<string> {
  await page.goto("/new");
  await page.getByLabel("Name").fill(name);
  await page.getByRole("radio", { name: template === undefined ? "Blank" : "Template", exact: true }).click();
  if (template !== undefined) await page.getByRole("radio", { name: template, exact: true }).click();
  await page.getByRole("button", { name: "Create project" }).click();
  await expect(page).toHaveURL(/\/model$/);
  return page.url();
}

const save = (page: Page) => page.getByRole("button", { name: "Save", exact: true });

async function addAttribute(page: Page, resource: string, name: string): Promise<void> {
  await page.getByRole("button", { name: "Find", exact: true }).click();
  await page.getByPlaceholder("Find a resource or attribute").fill(resource);
  await expect(page.getByRole("option", { name: new RegExp(`^${resource}\\b`), selected: true })).toBeVisible();
  await page.keyboard.press("Enter");
  await page.getByRole("textbox", { name: "New attribute name" }).fill(name);
  await page.getByRole("button", { name: "Add attribute" }).click();
  await expect(page.getByRole("button", { name: `Attribute ${name}` })).toBeVisible();
}

test("from an empty canvas to a saved resource, with undo, redo and the code that will be committed", async ({
  page,
}) => {
  await signUp(page, "Blanca Canvas");
  await newProject(page, { name: "Scratch" });
  await page.getByRole("button", { name: "Add resource" }).first().click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Resource name").fill("Invoice");
  await dialog.getByRole("button", { name: /^Add/ }).click();
  await addAttribute(page, "Invoice", "reference");
  await addAttribute(page, "Invoice", "remark");

  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByRole("button", { name: "Attribute remark" })).toBeHidden();
  await page.getByRole("button", { name: "Redo" }).click();
  await expect(page.getByRole("button", { name: "Attribute remark" })).toBeVisible();

  await page
    .getByRole("radio", { name: "Code" })
    .or(page.getByRole("button", { name: "Code", exact: true }))
    .first()
    .click();
  await expect(page.locator(".cm-content")).toContainText("remark: text()");
  await save(page).click();
  await expect(save(page)).toBeDisabled();
  await page.reload();
  await expect(page.getByRole("toolbar", { name: "Builder" }).getByText(/^Saved/)).toBeVisible();
});

test("a name that cannot be is refused at its field, and nothing is saved of it", async ({ page }) => {
  await signUp(page, "Val Idation");
  await newProject(page, { name: "Strict", template: "CRM" });
  await addAttribute(page, "Company", "motto");
  await page.getByRole("button", { name: "Attribute motto" }).click();
  const name = page.getByRole("textbox", { name: "Attribute name" });
  await name.fill("id");
  await expect(name).toHaveAttribute("aria-invalid", "true");
});

test("two people edit one model: the later is offered a merge, and both changes are in", async ({ page, browser }) => {
  const account = await signUp(page, "Mia Merge");
  const model = await newProject(page, { name: "Shared", template: "CRM" });
  const other = await (await browser.newContext()).newPage();
  await signIn(other, account);
  await expect(other).toHaveURL(`/${account.organisation}`);
  await other.goto(model);

  await addAttribute(other, "Company", "motto");
  await addAttribute(page, "Company", "founded");
  await save(page).click();
  await expect(save(page)).toBeDisabled();

  await save(other).click();
  const offer = other.getByRole("dialog");
  await expect(offer).toContainText("founded");
  await offer.getByRole("button", { name: "Merge and save" }).click();
  await expect(save(other)).toBeDisabled();

  await page.reload();
  await page.getByRole("button", { name: "Find", exact: true }).click();
  await page.getByPlaceholder("Find a resource or attribute").fill("motto");
  await expect(page.getByRole("option", { name: /^motto/ })).toBeVisible();
  await page.getByPlaceholder("Find a resource or attribute").fill("founded");
  await expect(page.getByRole("option", { name: /^founded/ })).toBeVisible();
});
