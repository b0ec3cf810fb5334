import { expect, type Locator, type Page, test } from "@playwright/test";
import { signUp } from "../support/account.ts";

const inspector = (page: Page) => page.getByRole("complementary", { name: "Inspector" });

// Someone who knows no code draws what shall happen by itself, tries it, and sees the live app do it.
test("a process is drawn, tried dry, deployed, and its run is drawn onto the flow", async ({ page }) => {
  test.setTimeout(300_000);
  page.setDefaultTimeout(15_000);
  await signUp(page, "Prosa Composer");
  await page.goto("/new");
  await page.getByLabel("Name").fill("Billing");
  await page.getByRole("radio", { name: "Blank", exact: true }).click();
  await page.getByRole("button", { name: "Create project" }).click();
  await expect(page).toHaveURL(/\/model$/);
  const project = page.url().replace(/\/model$/, "");
  for (const resource of ["Order", "Invoice"]) await addResource(page, resource, ["title", "amount"]);
  await save(page);

  await test.step("nothing happens by itself yet; an example says what could", async () => {
    await page.getByRole("navigation", { name: "Project" }).getByRole("link", { name: "Behaviour" }).click();
    await expect(page.getByRole("heading", { name: "What should happen by itself?" })).toBeVisible();
    await page.getByRole("button", { name: "New process" }).click();
    await page.getByRole("dialog").getByLabel("Name").fill("billLarge");
    await page
      .getByRole("dialog")
      .getByRole("button", { name: /^On change/ })
      .click();
    await expect(page).toHaveURL(/\/behaviour\/processes\/billLarge$/);
  });

  await test.step("it starts when an order is created", async () => {
    await page.getByRole("button", { name: "Start On change" }).click();
    await inspector(page).getByLabel("Records of").selectOption("Order");
    await inspector(page).getByRole("checkbox", { name: "created" }).check();
    await expect(page.getByRole("button", { name: "Start On change" })).toContainText("When an order is created");
  });

  await test.step("steps come by the plus; a wrong name is shown where it stands", async () => {
    await addStep(page, "Add a step at the beginning", "look up");
    await expect(step(page, "findOrder")).toBeFocused();
    await expect(step(page, "findOrder")).toContainText("Look up the order input.id.");
    await addStep(page, "Add a step after 1", "branch");
    const condition = inspector(page).getByRole("textbox", { name: "Condition of way 1" });
    await write(page, condition, "steps.findOrder.amout > 100");
    await expect(inspector(page).getByRole("button", { name: "Write amount" })).toBeVisible();
    await expect(step(page, "decide")).toHaveAccessibleName(/1 problem/);
    await inspector(page).getByRole("button", { name: "Write amount" }).click();
    await expect(page.getByText("If the find order amount is greater than 100", { exact: true })).toBeVisible();
  });

  await test.step("a record is created where the condition holds, with fields of the one before", async () => {
    await addStep(page, "Add a step at the beginning in decide", "change a record");
    await expect(step(page, "createInvoice")).toBeVisible();
    for (const field of ["title", "amount"]) {
      await inspector(page).getByRole("button", { name: "Give a field" }).click();
      await page.getByRole("menuitem", { name: field }).click();
      await write(
        page,
        inspector(page).getByRole("textbox", { name: `Value of ${field}` }),
        `steps.findOrder.${field}`,
      );
    }
    await expect(step(page, "createInvoice")).toContainText("Create an invoice with title and amount.");
    await addStep(page, "Add a step after 1 in decide", "wait");
    await inspector(page).getByLabel("Unit of “Wait”").selectOption("seconds");
    await expect(step(page, "wait")).toContainText("Wait for 1 second.");
  });

  await test.step("keys move, copy and remove steps, and undo brings them back", async () => {
    await step(page, "wait").focus();
    await page.keyboard.press("Alt+ArrowUp");
    await expect(page.getByRole("button", { name: "Add a step after 2 in decide" })).toBeVisible();
    await page.keyboard.press("Control+d");
    await expect(step(page, "wait2")).toBeFocused();
    await page.keyboard.press("Delete");
    await expect(step(page, "wait2")).toHaveCount(0);
    await page.keyboard.press("Control+z");
    await expect(step(page, "wait2")).toBeVisible();
    await page.keyboard.press("Control+z");
    await page.keyboard.press("Control+z");
    await expect(step(page, "wait2")).toHaveCount(0);
    await step(page, "decide").focus();
    await page.keyboard.press("ArrowUp");
    await expect(step(page, "findOrder")).toBeFocused();
    await page.keyboard.press("Enter");
    await expect(inspector(page).getByLabel("Step name")).toBeFocused();
  });

  await test.step("a trial shows what each step comes to, and what follows from another answer", async () => {
    await page.getByRole("link", { name: "Try", exact: true }).click();
    await expect(page.getByText("It runs to its end")).toBeVisible();
    await expect(step(page, "findOrder")).toHaveAccessibleName(/done/);
    await expect(step(page, "createInvoice")).not.toHaveAccessibleName(/done/);
    await step(page, "findOrder").click();
    await inspector(page).getByRole("radio", { name: "This value" }).click();
    const value = inspector(page).getByRole("textbox", { name: "Value" });
    await value.fill((await value.inputValue()).replace(/"amount": "[^"]*"/, '"amount": "250.00"'));
    await expect(step(page, "createInvoice")).toHaveAccessibleName(/done/);
    await step(page, "createInvoice").click();
    await expect(inspector(page).getByText('"input.amount": "250.00"')).toBeVisible();
  });

  await test.step("saved and deployed, an order starts a run", async () => {
    await page.getByRole("link", { name: "Flow", exact: true }).click();
    await save(page);
    await page.goto(`${project}/ship`);
    await page.getByRole("button", { name: "Deploy to production" }).click();
    await expect(page.getByText("Release 1 live")).toBeVisible({ timeout: 90_000 });
    await page.goto(`${project}/behaviour`);
    await expect(page.getByText("no runs yet")).toBeVisible();
    await page.goto(`${project}/api/console`);
    await page.getByLabel("Resource", { exact: true }).selectOption("Order");
    await page.getByLabel("Operation", { exact: true }).selectOption("POST /rest/v1/orders");
    await page.getByRole("textbox", { name: "Body" }).click();
    await page.keyboard.press("Control+a");
    await page.keyboard.insertText(JSON.stringify({ title: "Ten chairs", amount: "250.00" }));
    await page.getByRole("button", { name: "Send", exact: true }).click();
    await expect(page.getByRole("region", { name: "Answer" })).toContainText("201");
  });

  await test.step("the run is drawn onto the flow, with its values", async () => {
    await page.goto(`${project}/behaviour/processes/billLarge/runs`);
    const run = page.getByRole("link", { name: /^Run .* of billLarge/ });
    await expect(run).toHaveAccessibleName(/done/, { timeout: 30_000 });
    await run.click();
    await expect(page.getByRole("heading", { name: "Run of billLarge" })).toBeVisible();
    await expect(step(page, "createInvoice")).toHaveAccessibleName(/done/);
    await expect(step(page, "wait")).toHaveAccessibleName(/done/);
    await step(page, "createInvoice").click();
    await expect(inspector(page).getByRole("region", { name: "What came of it" })).toContainText("Ten chairs");
  });

  await test.step("it can be begun by hand, too, and says why it failed", async () => {
    await page.goto(`${project}/behaviour/processes/billLarge/runs`);
    await page.getByRole("button", { name: "Run it now" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Run it", exact: true }).click();
    await expect(page.getByRole("dialog").getByRole("alert")).toContainText("id");
    await page.keyboard.press("Escape");
    await page.getByLabel("Status").selectOption("failed");
    await expect(page.getByText("None is failed.")).toBeVisible();
  });

  await test.step("it all fits a small screen, where the flow is a list", async () => {
    await page.setViewportSize({ width: 360, height: 780 });
    for (const place of ["", "/processes/billLarge", "/processes/billLarge/try", "/functions", "/runs"]) {
      await page.goto(`${project}/behaviour${place}`);
      await expect(page.locator("main").first()).toBeVisible();
      const wider = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
      expect(wider, place).toBe(false);
    }
    await page.goto(`${project}/behaviour/processes/billLarge`);
    await step(page, "createInvoice").click();
    await expect(inspector(page).getByLabel("Step name")).toHaveValue("createInvoice");
  });

  await test.step("examples of a function are run in this browser, whatever the function does", async () => {
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.goto(`${project}/behaviour/functions`);
    await page.getByRole("button", { name: "New function" }).click();
    await page.getByRole("dialog").getByLabel("Name").fill("shout");
    await page.getByRole("dialog").getByRole("button", { name: "Add function" }).click();
    const example = page.getByRole("group", { name: "Example 1" });
    await expect(example.getByLabel("as it should", { exact: true })).toBeVisible({ timeout: 30_000 });
    await example.getByLabel("Should return").fill("nothing");
    await expect(example.getByLabel("not as it should")).toBeVisible();
    await example.getByRole("button", { name: "That is right" }).click();
    await expect(example.getByLabel("as it should", { exact: true })).toBeVisible();
    await page.getByRole("textbox", { name: "Code of shout" }).click();
    await page.keyboard.press("Control+a");
    await page.keyboard.insertText("() => {\n  for (;;) {}\n}");
    await expect(example.getByText("It took longer than it may.")).toBeVisible();
  });
});

async function addResource(page: Page, name: string, attributes: readonly string[]): Promise<void> {
  await page.getByRole("button", { name: "Add resource" }).first().click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Resource name").fill(name);
  await dialog.getByRole("button", { name: /^Add/ }).click();
  for (const attribute of attributes) {
    await page.getByRole("textbox", { name: "New attribute name" }).fill(attribute);
    await page.keyboard.press("Enter");
    await expect(page.getByRole("button", { name: `Attribute ${attribute}` })).toBeVisible();
  }
}

/** The card of a step. */
function step(page: Page, name: string): Locator {
  return page.locator(`[data-flow="step ${name}"]`);
}

async function addStep(page: Page, plus: string, kind: string): Promise<void> {
  await page.getByRole("button", { name: plus, exact: true }).first().click();
  await page.getByPlaceholder("What happens next?").fill(kind);
  await page.keyboard.press("Enter");
}

/** Writes an expression in place of what is there. */
async function write(page: Page, field: Locator, text: string): Promise<void> {
  await field.click();
  await page.keyboard.press("Control+a");
  await page.keyboard.insertText(text);
  // Left, it is taken over.
  await field.blur();
}

async function save(page: Page): Promise<void> {
  const button = page.getByRole("button", { name: "Save", exact: true });
  await button.click();
  await expect(button).toBeDisabled();
}
