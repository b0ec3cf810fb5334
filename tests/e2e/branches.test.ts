import { expect, type Page, test } from "@playwright/test";
import { signUp } from "./support/account.ts";

// A change is tried beside what is live, looked at, and brought back; what both sides changed a person decides.
test("a branch is made in the header, changed, compared, and merged with a conflict decided", async ({ page }) => {
  test.setTimeout(300_000);
  await signUp(page, "Bran Cher");
  await page.goto("/new");
  await page.getByLabel("Name").fill("Branched");
  await page.getByRole("radio", { name: "Blank", exact: true }).click();
  await page.getByRole("button", { name: "Create project" }).click();
  await expect(page).toHaveURL(/\/model$/);
  const project = new URL(page.url()).pathname.replace(/\/model$/, "");

  await test.step("a resource on main", async () => {
    await page.getByRole("button", { name: "Add resource" }).first().click();
    await page.getByRole("dialog").getByLabel("Resource name").fill("Deal");
    await page.getByRole("dialog").getByRole("button", { name: /^Add/ }).click();
    await addAttribute(page, "title");
    await save(page);
  });

  await test.step("a branch from the header", async () => {
    await page.getByRole("button", { name: "Branch main, switch" }).click();
    await page.getByRole("menuitem", { name: "New branch" }).click();
    await page.getByRole("dialog").getByLabel("Name").fill("bigger deals");
    await page.getByRole("button", { name: "Create branch" }).click();
    await expect(page.getByRole("dialog")).toContainText(/name/i);
    await page.getByRole("dialog").getByLabel("Name").fill("bigger-deals");
    await page.getByRole("button", { name: "Create branch" }).click();
    await expect(page).toHaveURL(/branch=bigger-deals/);
    await expect(page.getByRole("button", { name: "Branch bigger-deals, switch" })).toBeVisible();
  });

  await test.step("work that is not saved stays with its branch", async () => {
    await openDeal(page);
    await addAttribute(page, "amount");
    await switchTo(page, "main");
    await openDeal(page);
    await expect(attribute(page, "amount")).toBeHidden();
    await switchTo(page, "bigger-deals");
    await page.getByRole("button", { name: "Restore", exact: true }).click();
    await renameTitle(page, "subject");
    await save(page);
  });

  await test.step("main goes on meanwhile", async () => {
    await switchTo(page, "main");
    await renameTitle(page, "headline");
    await save(page);
  });

  await test.step("the screen of branches tells of it, and of its preview", async () => {
    await page.goto(`${project}/ship/branches`);
    const row = page.getByRole("list", { name: "Branches" }).getByRole("listitem").filter({ hasText: "bigger-deals" });
    await expect(row).toContainText("1 ahead of main, 1 behind");
    await expect(row.getByText(/Live|Deploying|Waiting|Nothing deployed/).first()).toBeVisible({ timeout: 60_000 });
    await page.getByLabel("Which rule fits this branch?").fill("bigger-deals");
    await expect(page.getByText("Any other branch is deployed to a preview of its own").last()).toBeVisible();
    await row.getByRole("link", { name: "Compare" }).click();
  });

  await test.step("what it means is told, what both changed is decided, and they are merged", async () => {
    await expect(page.getByRole("heading", { name: "What bigger-deals did" })).toBeVisible();
    await expect(page.getByText("Deal has a new decimal, amount")).toBeVisible();
    const merge = page.getByRole("button", { name: "Merge into main" });
    await expect(merge).toBeDisabled();
    await page.getByRole("radio", { name: /As on bigger-deals/ }).check();
    await expect(page.getByText("All is decided.")).toBeVisible();
    await expect(page.getByRole("region", { name: "Breaks callers" })).toContainText(
      "Deal.headline is now called subject",
    );
    await merge.click();
    await expect(page.getByText("Merged", { exact: true })).toBeVisible();
    await page.getByRole("link", { name: "Open main" }).click();
    await openDeal(page);
    await expect(attribute(page, "subject")).toBeVisible();
    await expect(attribute(page, "amount")).toBeVisible();
  });

  await test.step("it goes with its preview, when its name is typed", async () => {
    await page.goto(`${project}/ship/branches`);
    await page.getByRole("button", { name: "More about bigger-deals" }).click();
    await page.getByRole("menuitem", { name: "Delete branch" }).click();
    const dialog = page.getByRole("dialog");
    await expect(dialog).toContainText("No commit is lost");
    await expect(dialog.getByRole("button", { name: "Delete branch" })).toBeDisabled();
    await dialog.getByLabel(/Type bigger-deals/).fill("bigger-deals");
    await dialog.getByRole("button", { name: "Delete branch" }).click();
    await expect(page.getByRole("heading", { name: "Only main so far" })).toBeVisible();
  });
});

const attribute = (page: Page, name: string) => page.getByRole("button", { name: `Attribute ${name}` });

/** Another branch shows nothing chosen. */
async function openDeal(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Find", exact: true }).click();
  await page.getByPlaceholder("Find a resource or attribute").fill("Deal");
  await expect(page.getByRole("option", { name: /^Deal\b/, selected: true })).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("textbox", { name: "New attribute name" })).toBeVisible();
}

async function addAttribute(page: Page, name: string): Promise<void> {
  await page.getByRole("textbox", { name: "New attribute name" }).fill(name);
  await page.getByRole("button", { name: "Add attribute" }).click();
  await expect(attribute(page, name)).toBeVisible();
}

async function renameTitle(page: Page, to: string): Promise<void> {
  await openDeal(page);
  await attribute(page, "title").click();
  const name = page.getByRole("textbox", { name: "Attribute name" });
  await name.fill(to);
  await name.press("Enter");
}

async function switchTo(page: Page, branch: string): Promise<void> {
  await page.getByRole("button", { name: /^Branch .*, switch$/ }).click();
  await page.getByRole("menuitem", { name: branch, exact: true }).click();
  // Behind a dialog that offers unsaved work it is there all the same.
  const picker = page.getByRole("button", { name: `Branch ${branch}, switch`, includeHidden: true });
  await expect(picker).toBeVisible();
}

async function save(page: Page): Promise<void> {
  const button = page.getByRole("button", { name: "Save", exact: true });
  await button.click();
  await expect(button).toBeDisabled();
}
