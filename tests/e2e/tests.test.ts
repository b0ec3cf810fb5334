import { expect, type Page, test } from "@playwright/test";
import { signUp } from "./support/account.ts";

// What the model says is proposed as tests; a person decides which of them gate, and then they do.
test("a proposed test is accepted, run, and stops a deploy that breaks it", async ({ page }) => {
  test.setTimeout(180_000);
  await signUp(page, "Tess Ting");
  await page.goto("/new");
  await page.getByLabel("Name").fill("Tested");
  await page.getByRole("radio", { name: "Template", exact: true }).click();
  await page.getByRole("radio", { name: /^CRM/ }).click();
  await page.getByRole("button", { name: "Create project" }).click();
  await expect(page).toHaveURL(/\/model$/);
  const project = new URL(page.url()).pathname.replace(/\/model$/, "");

  await test.step("proposals are decided on by the keyboard", async () => {
    await page.goto(`${project}/tests/proposals`);
    const first = page.getByRole("listitem").filter({ has: page.getByRole("button", { name: /^Accept:/ }) });
    await expect(first.first()).toBeVisible({ timeout: 60_000 });
    await page.keyboard.press("j");
    await expect(page.locator('[aria-current="true"]')).toContainText("Given");
    await page.keyboard.press("a");
    await expect(page.getByText("Accepted: the test gates from now on.")).toBeVisible({ timeout: 30_000 });
    await page.keyboard.press("r");
    await page.getByRole("dialog").getByLabel("Why").fill("Nobody asked for it.");
    await page.getByRole("dialog").getByRole("button", { name: "Reject" }).click();
    await page.getByRole("button", { name: /^Rejected/ }).click();
    await expect(page.getByText("Nobody asked for it.")).toBeVisible();
  });

  await test.step("one is edited before it is accepted", async () => {
    await page.getByLabel("Which proposals").selectOption({ label: await label(page, "Policies") });
    const row = page.getByRole("button", { name: /^Edit: Deleting a deal is refused: nobody may destroy/ });
    await row.click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("What must hold").fill("Nobody deletes what was won");
    await dialog.getByRole("radio", { name: "Code" }).click();
    await expect(dialog.getByRole("textbox", { name: "Code" })).toHaveValue(/Nobody deletes what was won/);
    await dialog.getByRole("button", { name: "Accept test" }).click();
    await expect(dialog).toHaveCount(0);
  });

  await test.step("they run, and all pass", async () => {
    await page.goto(`${project}/tests`);
    await page.getByRole("button", { name: "Run now" }).click();
    await expect(page.getByText(/All \d+ tests passed/)).toBeVisible({ timeout: 60_000 });
    await page.getByRole("button", { name: /Nobody deletes what was won/ }).click();
    await expect(page.getByText("refused, because it is not allowed").first()).toBeVisible();
  });

  await test.step("expecting otherwise makes it red, and a deploy is stopped", async () => {
    await page.getByRole("button", { name: "Edit", exact: true }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("What comes of it").selectOption("done");
    await dialog.getByRole("button", { name: "Save test" }).click();
    await expect(dialog).toHaveCount(0);
    await page.getByRole("button", { name: "Run now" }).click();
    await expect(page.getByText(/1 of \d+ tests failed/)).toBeVisible({ timeout: 60_000 });
    await page.goto(`${project}/ship`);
    await page.getByRole("button", { name: "Deploy to production" }).click();
    await expect(page.getByText(/1 of \d+ tests failed: “deal\/Nobody deletes what was won”/).first()).toBeVisible({
      timeout: 90_000,
    });
  });

  await test.step("coverage says what nobody would notice", async () => {
    await page.goto(`${project}/tests/coverage`);
    await expect(page.getByRole("heading", { name: "Changes that nobody would notice" })).toBeVisible({
      timeout: 90_000,
    });
    await page.getByRole("button", { name: /^Deal \d+ of/ }).click();
    await expect(page.getByRole("button", { name: "Accept the test" }).first()).toBeVisible();
  });
});

/** The option of a select that begins so. */
async function label(page: Page, begins: string): Promise<string> {
  const options = await page.getByLabel("Which proposals").locator("option").allTextContents();
  return options.find((option) => option.startsWith(begins)) ?? begins;
}
