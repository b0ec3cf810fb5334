import { expect, type Locator, type Page, test } from "@playwright/test";
import { signUp } from "../support/account.ts";

const inspector = (page: Page) => page.getByRole("complementary", { name: "Inspector" });

async function newProject(page: Page): Promise<void> {
  await page.goto("/new");
  await page.getByLabel("Name").fill("Ledger");
  await page.getByRole("radio", { name: "Blank", exact: true }).click();
  await page.getByRole("button", { name: "Create project" }).click();
  await expect(page).toHaveURL(/\/model$/);
}

async function addResource(page: Page, name: string, attributes: readonly string[]): Promise<void> {
  await page.getByRole("button", { name: "Add resource" }).first().click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Resource name").fill(name);
  await dialog.getByRole("button", { name: "Add resource" }).click();
  await expect(inspector(page).getByRole("heading", { name: `Resource ${name}` })).toBeVisible();
  for (const attribute of attributes) {
    await page.getByRole("textbox", { name: "New attribute name" }).fill(attribute);
    await page.keyboard.press("Enter");
    await expect(page.getByRole("button", { name: `Attribute ${attribute}` })).toBeVisible();
  }
}

/** An expression field by its label: what one types into. */
const expression = (within: Locator, label: string) => within.getByRole("textbox", { name: label, exact: true });

async function write(page: Page, field: Locator, text: string): Promise<void> {
  await field.click();
  await page.keyboard.type(text);
  // A list of completions that is still open would take the next key.
  await expect(page.locator(".cm-tooltip-autocomplete")).toBeHidden();
}

const back = (page: Page, name: string) =>
  inspector(page)
    .getByRole("button", { name: `Back to ${name}` })
    .click();
const open = (page: Page, title: string) =>
  inspector(page)
    .getByRole("button", { name: new RegExp(`^${title}`), expanded: false })
    .click();

test("someone who knows no code says what a resource works out, checks and does", async ({ page }) => {
  await signUp(page, "Nora Nocode");
  await newProject(page);
  await addResource(page, "Customer", ["companyName"]);
  await addResource(page, "Invoice", ["amount", "discount", "status", "paidOn"]);
  await page.getByRole("button", { name: "Add relationship" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Add relationship" }).click();
  await back(page, "Invoice");
  const panel = inspector(page);

  await open(page, "Calculations");
  await panel.getByRole("button", { name: "Add calculation" }).click();
  const calculation = panel.getByRole("form", { name: "New calculation" });
  await calculation.getByLabel("Calculation name").fill("net");
  await write(page, expression(calculation, "Expression"), "amount - discount");
  await expect(calculation).toContainText("The amount minus the discount.");
  await expect(calculation.getByLabel("What it gives")).toContainText("made-up rows");
  await calculation.getByRole("button", { name: "Add calculation" }).click();
  await expect(panel.getByRole("heading", { name: "Calculation net" })).toBeVisible();
  await back(page, "Invoice");

  await open(page, "Validations");
  await panel.getByRole("button", { name: "Add validation" }).click();
  const validation = panel.getByRole("form", { name: "New validation" });
  await write(page, expression(validation, "Must be true"), "discount <= amount");
  await validation.getByLabel("What to say where it is not").fill("It costs less than nothing.");
  await validation.getByRole("button", { name: "Add validation" }).click();
  await expect(panel.getByRole("list", { name: "Validations of Invoice" })).toContainText(
    "It costs less than nothing.",
  );

  await open(page, "States");
  await panel.getByRole("button", { name: "Use status as states" }).click();
  await panel.getByRole("button", { name: "Add transition" }).click();
  const transition = panel.getByRole("form", { name: "New transition" });
  await transition.getByLabel("Action").fill("send");
  await transition.getByRole("button", { name: "Add transition" }).click();
  await expect(panel.getByRole("img", { name: /send from first to second/ })).toBeVisible();

  await open(page, "Actions");
  await panel.getByRole("button", { name: "Add action" }).click();
  const action = panel.getByRole("form", { name: "New action" });
  await action.getByLabel("Action name").fill("pay");
  await action.getByRole("button", { name: "Add action" }).click();
  await expect(panel.getByRole("heading", { name: "Action pay" })).toBeVisible();
  await panel.getByRole("button", { name: "Set a field" }).click();
  await panel.getByRole("combobox", { name: "Field to set" }).selectOption("paidOn");
  await write(page, expression(panel, "New value of paidOn"), "today()");
  await page.keyboard.press("Enter");
  await panel.getByRole("button", { name: "Require something" }).click();
  await write(page, expression(panel, "New requirement"), "amount > 0");
  await page.keyboard.press("Enter");
  await expect(panel).toContainText("Pay an invoice: sets the paid on to today, only if the amount is greater than 0.");

  await page.getByRole("button", { name: "Find", exact: true }).click();
  await page.getByPlaceholder("Find a resource or attribute").fill("Customer");
  await page.keyboard.press("Enter");
  await open(page, "Aggregates");
  await panel.getByRole("button", { name: "Add aggregate" }).click();
  const aggregate = panel.getByRole("form", { name: "New aggregate" });
  await aggregate.getByLabel("What", { exact: true }).selectOption("The sum");
  await aggregate.getByLabel("Aggregate name").fill("turnover");
  await aggregate.getByRole("button", { name: "Add aggregate" }).click();
  await expect(panel).toContainText("The sum of the amount of the invoices.");

  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByRole("button", { name: "Save", exact: true })).toBeDisabled();
  await page.getByRole("radio", { name: "Code" }).click();
  const code = page.locator(".cm-content").filter({ hasText: "export default" });
  await expect(code).toContainText('turnover: sum("invoices.amount")');
  await page.getByLabel("File").selectOption("domain/invoice.ts");
  await expect(code).toContainText('net: decimal("amount - discount")');
  await expect(code).toContainText('check("discount <= amount", { message: "It costs less than nothing." })');
  await expect(code).toContainText('send: "first -> second"');
  await expect(code).toContainText('set: { paidOn: "today()" }');
});

test("an expression is written, completed, mended and left by the keyboard alone", async ({ page }) => {
  await signUp(page, "Kim Keys");
  await newProject(page);
  await addResource(page, "Invoice", ["amount", "status"]);
  const panel = inspector(page);
  await open(page, "Calculations");
  await panel.getByRole("button", { name: "Add calculation" }).click();
  const form = panel.getByRole("form", { name: "New calculation" });
  await form.getByLabel("Calculation name").fill("isLarge");
  await page.keyboard.press("Tab");
  const field = expression(form, "Expression");
  // The editor is loaded when it is first needed; what is typed before is in it then.
  await expect(form.locator(".cm-content")).toBeFocused();

  const list = page.locator(".cm-tooltip-autocomplete");
  await page.keyboard.type("am");
  await expect(list).toContainText("amount");
  // The first Escape closes the list and no more.
  await page.keyboard.press("Escape");
  await expect(list).toBeHidden();
  await expect(field).toBeFocused();
  await expect(field).toHaveText("am");
  await page.keyboard.press("Control+Space");
  await expect(list).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(field).toHaveText("amount");

  await page.keyboard.type(" > 10 && status == ");
  await expect(list).toContainText("'first'");
  await page.keyboard.press("Enter");
  await expect(field).toHaveText("amount > 10 && status == 'first'");

  await page.keyboard.press("Control+a");
  await page.keyboard.type("amont > 10");
  await expect(field).toHaveAttribute("aria-invalid", "true");
  const described = await field.getAttribute("aria-describedby");
  await expect(page.locator(`[id="${described?.split(" ")[0]}"]`)).toContainText("did you mean");
  await page.keyboard.press("Tab");
  await expect(form.getByRole("button", { name: "Write amount" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(field).toHaveText("amount > 10");
  await form.getByRole("button", { name: "Add calculation" }).focus();
  await page.keyboard.press("Enter");
  await expect(panel.getByRole("heading", { name: "Calculation isLarge" })).toBeVisible();
  await expect(panel).toContainText("The amount is greater than 10.");

  // Escape takes back what was typed and leaves the field, not the panel.
  const own = expression(panel, "Expression");
  await own.focus();
  await page.keyboard.press("End");
  await page.keyboard.type(" ||");
  await page.keyboard.press("Escape");
  await expect(own).toHaveText("amount > 10");
  await expect(own).not.toBeFocused();
  await expect(panel.getByRole("heading", { name: "Calculation isLarge" })).toBeVisible();

  // What is wrong in the model leads back to its field.
  await own.focus();
  await page.keyboard.press("Control+a");
  await page.keyboard.type("amount +");
  await page.keyboard.press("Enter");
  await back(page, "Invoice");
  await page
    .getByRole("button", { name: /problem/ })
    .first()
    .click();
  await page.getByRole("region", { name: "Problems" }).getByRole("button", { name: /Error/ }).first().click();
  await expect(own).toBeFocused();
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(own).toHaveText("amount > 10");
});
