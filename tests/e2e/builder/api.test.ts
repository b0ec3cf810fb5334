import { expect, type Page, test } from "@playwright/test";
import { signUp } from "../support/account.ts";

// How an app shows in its APIs is decided by clicks and keys, and then holds on the live app, which the console asks.
test("operations are hidden and renamed, lists bounded, fields deprecated, and the live app keeps to it", async ({
  page,
}) => {
  test.setTimeout(300_000);
  await signUp(page, "Apia Studio");
  await page.goto("/new");
  await page.getByLabel("Name").fill("Shown");
  await page.getByRole("radio", { name: "Blank", exact: true }).click();
  await page.getByRole("button", { name: "Create project" }).click();
  await expect(page).toHaveURL(/\/model$/);
  const project = page.url().replace(/\/model$/, "");

  await test.step("a resource with two fields", async () => {
    await page.getByRole("button", { name: "Add resource" }).first().click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Resource name").fill("Deal");
    await dialog.getByRole("button", { name: /^Add/ }).click();
    for (const name of ["title", "memo"]) {
      await page.getByRole("textbox", { name: "New attribute name" }).fill(name);
      await page.getByRole("button", { name: "Add attribute" }).click();
    }
    await save(page);
  });

  await test.step("the matrix is walked by keys; an operation is hidden, shown again by undo, and hidden", async () => {
    await page.getByRole("link", { name: "API", exact: true }).click();
    await section(page, "Operations");
    await page.getByRole("button", { name: "Deal, read: REST on, GraphQL on" }).focus();
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("End");
    await expect(page.getByRole("button", { name: "Deal, named: none" })).toBeFocused();
    await page.keyboard.press("ArrowLeft");
    const hide = page.getByRole("switch", { name: "destroy in REST" });
    await hide.focus();
    await page.keyboard.press("Space");
    await expect(page.getByRole("button", { name: "Deal, destroy: REST off, GraphQL on" })).toBeVisible();
    await page.getByRole("toolbar", { name: "Document" }).getByRole("button", { name: "Undo" }).click();
    await expect(page.getByRole("button", { name: "Deal, destroy: REST on, GraphQL on" })).toBeVisible();
    await hide.click();
    await expect(hide).not.toBeChecked();
  });

  await test.step("names are checked as they are typed", async () => {
    await page.getByLabel("Path in REST").fill("Big Deals");
    await expect(page.getByText("such as big-deals")).toBeVisible();
    await page.getByLabel("Path in REST").fill("opportunities");
    await page.getByLabel("Path in REST").press("Enter");
    await page.getByRole("button", { name: "Deal, create: REST on, GraphQL on" }).click();
    await page.getByLabel("Name of the field").fill("addDeal");
    await page.getByLabel("Name of the field").press("Enter");
    await expect(page.getByRole("region", { name: "Operation" })).toContainText("POST /rest/v1/opportunities");
    await expect(page.getByRole("region", { name: "Operation" })).toContainText("addDeal");
  });

  await test.step("what is unsaved goes along from section to section", async () => {
    await section(page, "Lists");
    await page.getByLabel("Records of a page", { exact: true }).fill("2");
    await page.getByLabel("Records of a page", { exact: true }).press("Enter");
    const sorted = page.getByRole("group", { name: "Sorted by" });
    await sorted.getByRole("radio", { name: "Chosen fields" }).click();
    await sorted.getByRole("checkbox", { name: /^memo/ }).uncheck();
    await expect(page.getByRole("row", { name: /^Deal 2 1000 all fields 2 fields/ })).toBeVisible();
    await section(page, "Deprecations");
    await page.getByLabel("Field", { exact: true }).selectOption("memo");
    await page.getByLabel("What to use instead").fill("Use title instead.");
    await page.getByRole("button", { name: "Deprecate", exact: true }).click();
    await expect(page.getByRole("heading", { name: "Deal.memo" })).toBeVisible();
    await section(page, "Settings");
    await page.getByRole("radio", { name: "Only these" }).click();
    await page.getByLabel("New origin").fill("shop.example");
    await page.getByRole("button", { name: "Add origin" }).click();
    await expect(page.getByText("This is no origin.")).toBeVisible();
    await page.getByLabel("New origin").fill(new URL(page.url()).origin);
    await page.getByLabel("New origin").press("Enter");
    await page.getByRole("switch", { name: /All clients together/ }).check();
    await page.getByRole("button", { name: /unsaved changes$/ }).click();
    const changes = page.getByRole("dialog", { name: "Unsaved changes" });
    await expect(changes).toContainText(
      "Deals are now at /rest/v1/opportunities; clients that ask for /rest/v1/deals find nothing",
    );
    await expect(changes).toContainText("All clients together may now ask 100 times a minute");
    await page.keyboard.press("Escape");
    await page.keyboard.press("Control+s");
    await expect(page.getByRole("button", { name: "Save", exact: true })).toBeDisabled();
    await page.reload();
    await expect(page.getByRole("radio", { name: "Only these" })).toBeChecked();
  });

  await test.step("nothing is there to ask before it is deployed", async () => {
    await section(page, "Console");
    await expect(page.getByText("Nothing is deployed yet")).toBeVisible();
    await page.goto(`${project}/ship`);
    await page.getByRole("button", { name: "Deploy to production" }).click();
    await expect(page.getByText("Release 1 live")).toBeVisible({ timeout: 90_000 });
  });

  await test.step("the console sends requests, and says why one is refused", async () => {
    await page.goto(`${project}/api/console`);
    await page.getByLabel("Operation", { exact: true }).selectOption("POST /rest/v1/opportunities");
    for (const title of ["one", "two", "three"]) {
      await write(page, "Body", JSON.stringify({ title, memo: "m" }));
      await page.keyboard.press("Control+Enter");
      await expect(answer(page)).toContainText("201");
      await expect(answer(page)).toContainText(`"title": "${title}"`);
    }
    await page.getByLabel("Operation", { exact: true }).selectOption("GET /rest/v1/opportunities");
    await page.getByRole("button", { name: "Add parameter" }).click();
    await page.getByRole("menuitem", { name: "By title" }).click();
    await expect(page.getByLabel("Path")).toHaveValue("/rest/v1/opportunities?sort=title");
    await send(page);
    await expect(answer(page)).toContainText('"title": "one"');
    await expect(answer(page)).not.toContainText('"title": "two"');
    await page.getByLabel("Value of sort").fill("memo");
    await send(page);
    await expect(answer(page)).toContainText("Lists of Deal cannot be sorted by memo.");
    await expect(answer(page).getByRole("link")).toHaveAttribute("href", /\/docs\/errors#/);
    await page.getByLabel("Path").fill("/rest/v1/opportunities?fields=memo");
    await page.getByLabel("Path").press("Enter");
    await answer(page)
      .getByRole("button", { name: /^Headers/ })
      .click();
    await expect(answer(page)).toContainText("deprecation");
    await page.getByLabel("Method").selectOption("DELETE");
    await send(page);
    await expect(answer(page)).toContainText("405");
    const [curl] = await Promise.all([
      page.getByRole("button", { name: "Copy as curl" }).isVisible(),
      expect(page.getByRole("button", { name: /Last requests/ })).toBeVisible(),
    ]);
    expect(curl).toBe(true);
  });

  await test.step("as somebody whom no policy lets, one sees nothing", async () => {
    await page.getByRole("radio", { name: "GraphQL" }).click();
    await page.getByLabel("Begin with").selectOption("deals");
    await send(page);
    await expect(answer(page)).toContainText('"title": "one"');
    await page.getByRole("radio", { name: "Somebody" }).click();
    await send(page);
    await expect(answer(page)).not.toContainText('"title": "one"');
    await page.getByRole("button", { name: /Last requests/ }).click();
    await page.getByRole("button", { name: /^GET \/rest\/v1\/opportunities\?sort=title/ }).click();
    await expect(page.getByLabel("Path")).toHaveValue("/rest/v1/opportunities?sort=title");
  });

  await test.step("the documents are those of the release, and say what the draft would change", async () => {
    await section(page, "Docs");
    await expect(page.getByText("production, release 1")).toBeVisible();
    await page.getByLabel("Find an operation").fill("delete");
    await expect(page.getByText("No operation is called so.")).toBeVisible();
    await page.getByLabel("Find an operation").fill("get opportunities");
    await page.getByRole("button", { name: /^GET \/rest\/v1\/opportunities List/ }).click();
    await expect(page.getByRole("table", { name: "Parameters" })).toContainText("sort");
    await section(page, "Operations");
    await page.getByRole("button", { name: /^Deal, update/ }).click();
    await page.getByRole("switch", { name: "update in GraphQL" }).click();
    await section(page, "Docs");
    await expect(page.getByText("One change of the model here is not deployed")).toBeVisible();
    await page.getByRole("button", { name: "What the next deploy changes" }).click();
    await expect(page.getByText("update of Deal is now hidden from GraphQL")).toBeVisible();
  });

  await test.step("it all fits a small screen", async () => {
    await page.setViewportSize({ width: 360, height: 780 });
    for (const name of ["Operations", "Lists", "Deprecations", "Settings", "Console", "Docs"]) {
      await section(page, name);
      await expect(page.locator("main h1")).toBeVisible();
      const wider = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
      expect(wider, name).toBe(false);
    }
  });
});

async function section(page: Page, name: string): Promise<void> {
  await page.getByRole("navigation", { name: "API" }).getByRole("link", { name, exact: true }).click();
  await expect(page.locator("main h1")).toContainText(name, { ignoreCase: true });
}

async function save(page: Page): Promise<void> {
  const button = page.getByRole("button", { name: "Save", exact: true });
  await button.click();
  await expect(button).toBeDisabled();
}

function answer(page: Page) {
  return page.getByRole("region", { name: "Answer" });
}

async function send(page: Page): Promise<void> {
  const came = page.waitForResponse((response) => /\/(?:rest\/v1|graphql)/.test(response.url()));
  await page.getByRole("button", { name: "Send", exact: true }).click();
  await came;
}

/** Writes a text into an editor in place of what is there. */
async function write(page: Page, label: string, text: string): Promise<void> {
  await page.getByRole("textbox", { name: label }).click();
  await page.keyboard.press("Control+a");
  await page.keyboard.insertText(text);
}
