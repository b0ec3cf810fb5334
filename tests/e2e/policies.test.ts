import { expect, type Page, test } from "@playwright/test";
import { AppClient } from "./support/AppClient.ts";
import { signUp } from "./support/account.ts";

// Who may do what is decided by clicking, and then holds on the live app, which says why.
test("a role is given access by a cell, sees only the rows it may, and a denial is explained", async ({ page }) => {
  test.setTimeout(240_000);
  await signUp(page, "Polly Cy");
  await page.goto("/new");
  await page.getByLabel("Name").fill("Guarded");
  await page.getByRole("radio", { name: "Blank", exact: true }).click();
  await page.getByRole("button", { name: "Create project" }).click();
  await expect(page).toHaveURL(/\/model$/);
  const project = page.url().replace(/\/model$/, "");

  await test.step("a role, and a resource that nobody may use", async () => {
    await page.getByRole("textbox", { name: "New role" }).fill("sales");
    await page.getByRole("button", { name: "Add role" }).click();
    await page.getByRole("button", { name: "Add resource" }).first().click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Resource name").fill("Deal");
    await dialog.getByRole("button", { name: /^Add/ }).click();
    await page.getByRole("textbox", { name: "New attribute name" }).fill("title");
    await page.getByRole("button", { name: "Add attribute" }).click();
    await page.getByRole("radio", { name: "Access", exact: true }).click();
    await page.getByRole("button", { name: "sales, read: No" }).click();
    await expect(meaning(page)).toContainText("A sales user may not read deals: no policy allows it.");
  });

  await test.step("a click allows it, and undoing takes it back", async () => {
    const allow = page.getByRole("button", { name: "Let everyone with the role sales read deals" });
    await allow.click();
    await expect(page.getByRole("button", { name: "sales, read: Yes" })).toBeVisible();
    await page.getByRole("button", { name: "Undo", exact: true }).first().click();
    await expect(page.getByRole("button", { name: "sales, read: No" })).toBeVisible();
    await allow.click();
    await expect(page.getByRole("button", { name: "No role, read: No" })).toBeVisible();
  });

  await test.step("the policy is narrowed by a condition", async () => {
    await meaning(page)
      .getByRole("button", { name: /whose role is sales/ })
      .click();
    const condition = page.getByRole("textbox", { name: "Where" });
    await expect(condition).toBeFocused();
    await condition.fill("'sales' in actor.roles && title != 'secret'");
    await page.keyboard.press("Enter");
    await expect(page.getByRole("button", { name: "sales, read: Sometimes" })).toBeVisible();
    await page.getByRole("button", { name: "sales, read: Sometimes" }).click();
    await expect(meaning(page)).toContainText("A sales user may read a deal only where the title is not");
    const save = page.getByRole("button", { name: "Save", exact: true });
    await save.click();
    await expect(save).toBeDisabled();
    await page.getByRole("radio", { name: "Try it" }).click();
    await expect(page.getByText("Nothing is deployed yet")).toBeVisible();
  });

  await test.step("it is deployed, with an open row and a secret one", async () => {
    await page.goto(`${project}/api`);
    await page.getByLabel("Key name").fill("end to end");
    await page.getByRole("button", { name: "Create key" }).click();
    const key = await page.getByTestId("secret").innerText();
    const url = (await page.getByText(/\/rest\/v1$/).innerText()).replace(/\/rest\/v1$/, "");
    await page.goto(`${project}/ship`);
    await page.getByRole("button", { name: "Deploy to production" }).click();
    await expect(page.getByText("Release 1 live")).toBeVisible({ timeout: 90_000 });
    const client = new AppClient(reachable(url), key);
    for (const title of ["open", "secret"]) {
      const { status } = await client.rest("/deals", { method: "POST", body: JSON.stringify({ title }) });
      expect(status).toBe(201);
    }
  });

  await test.step("as that role one sees the rows allowed, and why not the other", async () => {
    await page.goto(`${project}/model`);
    await page.getByRole("radio", { name: "Try it" }).click();
    await page.getByRole("combobox", { name: "Rows of" }).selectOption("Deal");
    await expect(page.getByText("They see 0 of 2 deals.")).toBeVisible();
    await page.getByRole("checkbox", { name: "sales" }).check();
    await expect(page.getByText("They see 1 of 2 deals.")).toBeVisible();
    const rows = page.getByRole("table", { name: "Rows of Deal" });
    await expect(rows).toContainText("open");
    await expect(rows).not.toContainText("secret");
    await page.getByRole("radio", { name: "All", exact: true }).click();
    await page.getByRole("button", { name: "Explain secret" }).click();
    const explanation = page.getByRole("region", { name: "Explanation" });
    await expect(explanation).toContainText("Not allowed");
    await expect(explanation).toContainText("It is not so, for this row");
    await explanation.getByRole("combobox", { name: "Action" }).selectOption("destroy");
    await expect(explanation).toContainText("may not read a Deal cannot destroy it");
  });
});

function meaning(page: Page) {
  return page.getByRole("region", { name: "What it means" });
}

/** Node.js resolves no names below localhost where the system does not; apps answer by path as well. */
function reachable(url: string): string {
  const { hostname, port, protocol } = new URL(url);
  const label = /^(.+)\.localhost$/.exec(hostname)?.[1];
  return label === undefined ? url : `${protocol}//localhost:${port}/apps/${label}`;
}
