import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, type Page, test } from "@playwright/test";
import { AppClient } from "./support/AppClient.ts";
import { signUp } from "./support/account.ts";
import { git } from "./support/git.ts";
import { RequestLoop } from "./support/RequestLoop.ts";

// The main job whole: a database of a real business becomes an app, is changed on the canvas and by Git, and answers.
test("a database becomes an app that is changed, deployed and called", async ({ page }) => {
  test.setTimeout(300_000);
  await signUp(page, "Nora Wind");

  await test.step("read the dump, rows and all", async () => {
    await page.getByRole("link", { name: "New project" }).click();
    await page.getByLabel("Name").fill("Northwind");
    await page.getByRole("radio", { name: "Existing database" }).click();
    await page.getByLabel("SQL dump", { exact: true }).setInputFiles("tests/fixtures/northwind.sql");
    await page.getByRole("button", { name: "Create project" }).click();
    await expect(page.getByRole("heading", { name: "The database has been read" })).toBeVisible({ timeout: 90_000 });
    const report = page.getByRole("table", { name: "Tables of the database" });
    await expect(report.getByRole("row")).toHaveCount(1 + 14);
    await expect(report.getByRole("row", { name: /^orders/ })).toContainText("830");
    await expect(report.getByRole("row", { name: /^employee_territories/ })).toContainText("Many-to-many");
    await expect(report.getByRole("row", { name: /^categories/ })).toContainText("picture");
    await page.getByRole("link", { name: "Open the model" }).click();
  });

  await test.step("change the model on the canvas", async () => {
    await find(page, "freight");
    const name = page.getByRole("textbox", { name: "Attribute name" });
    await expect(name).toHaveValue("freight");
    await name.fill("shippingCost");
    await name.press("Enter");
    await find(page, "Customer");
    await page.getByRole("textbox", { name: "New attribute name" }).fill("preferred");
    await page.getByRole("combobox", { name: "New attribute type" }).selectOption("boolean");
    await page.getByRole("button", { name: "Add attribute" }).click();
    await find(page, "preferred");
    await page.getByRole("checkbox", { name: "Required" }).check();
    await page.getByRole("combobox", { name: "Default" }).selectOption("No");
    const resources = page
      .getByRole("region", { name: "Canvas of resources" })
      .or(page.getByLabel("Canvas of resources"));
    await expect(resources.first()).toContainText("shippingCost");
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await expect(page.getByRole("button", { name: "Save", exact: true })).toBeDisabled();
  });

  await test.step("the history says what was changed", async () => {
    await page.getByRole("link", { name: "History", exact: true }).click();
    await page.getByRole("list", { name: "Commits" }).getByRole("button").first().click();
    await expect(page.getByText("Order.freight is now called shippingCost")).toBeVisible();
    await expect(page.getByText(/^Customer has a new required boolean, preferred/)).toBeVisible();
  });

  const { url, key } = await test.step("make a key and deploy", async () => {
    await page.getByRole("link", { name: "API", exact: true }).click();
    await page.getByLabel("Key name").fill("end to end");
    await page.getByRole("button", { name: "Create key" }).click();
    const key = await page.getByTestId("secret").innerText();
    await page.getByRole("link", { name: "Ship", exact: true }).click();
    await expect(page.getByText(/^Order is new\b/)).toBeVisible();
    await deploy(page, 1);
    const url = await page.locator("code", { hasText: /^http/ }).first().innerText();
    return { url, key };
  });
  const app = new AppClient(reachable(url), key);

  await test.step("the API says what the source said", async () => {
    for (const [path, count] of [
      ["customers", 91],
      ["orders", 830],
      ["order-details", 2155],
      ["products", 77],
      ["employees", 9],
    ] as const) {
      const { status, body } = await app.rest(`/${path}?count=exact&page[size]=1`);
      expect({ path, status, count: body.count }).toEqual({ path, status: 200, count });
    }
    const { body: order } = await app.rest("/orders/10248?include=customer,orderDetails");
    expect(order).toMatchObject({ id: 10248, customerId: "VINET", shippingCost: "32.38" });
    expect(order.customer).toMatchObject({ id: "VINET", preferred: false });
    expect(order.orderDetails.map(({ productId }: { productId: number }) => productId).sort()).toEqual([11, 42, 72]);

    const { employees } = await app.graphql(
      "{ employees(orderBy: {id: ASC}) { nodes { id reportsTo { id } territories { nodes { id } } } } }",
    );
    const managers = employees.nodes.map(
      ({ reportsTo }: { reportsTo: { id: string } | null }) => reportsTo?.id ?? null,
    );
    expect(managers).toEqual(["2", null, "2", "2", "2", "5", "5", "2", "5"]);
    const territories = employees.nodes.map(
      ({ territories }: { territories: { nodes: unknown[] } }) => territories.nodes.length,
    );
    expect(territories).toEqual([2, 7, 4, 3, 7, 5, 10, 4, 7]);
    const { orders } = await app.graphql(
      '{ orders(filter: {customer: {id: {eq: "VINET"}}}, first: 1, orderBy: {id: ASC}) { totalCount nodes { id shippingCost } } }',
    );
    expect(orders).toEqual({ totalCount: 5, nodes: [{ id: "10248", shippingCost: "32.38" }] });
  });

  await test.step("nobody gets in without the key, and a question with a mistake says what is legal", async () => {
    expect((await new AppClient(reachable(url), "gk_wrong").rest("/orders")).status).toBe(401);
    const { status, body } = await app.rest("/orders?filter[fright][eq]=1");
    expect({ status, code: body.code }).toEqual({ status: 400, code: "unknown_field" });
    expect(body.errors[0].allowed).toContain("shippingCost");
  });

  const folder = await mkdtemp(join(tmpdir(), "gantry-e2e-clone-"));
  try {
    const clone = await test.step("clone with a token", async () => {
      await page.goto("/account/tokens");
      await page.getByLabel("Token name").fill("laptop");
      await page.getByRole("button", { name: "Create token" }).click();
      const token = await page.getByTestId("secret").innerText();
      await page.goBack();
      await page.getByRole("link", { name: "Settings", exact: true }).click();
      const command = await page.locator("code", { hasText: "git clone" }).innerText();
      const address = new URL(command.replace("git clone ", ""));
      address.username = "nora";
      address.password = token;
      await git(folder, "clone", "--quiet", address.href, "northwind");
      return join(folder, "northwind");
    });

    await test.step("a push with an error is refused with the sentence", async () => {
      const file = join(clone, "domain/order.ts");
      const before = await readFile(file, "utf8");
      await writeFile(file, before.replace('belongsTo("Customer"', 'belongsTo("Custmer"'));
      await git(clone, "commit", "--quiet", "-am", "Point nowhere");
      await expect(git(clone, "push", "--quiet")).rejects.toThrow(/domain\/order\.ts:\d+:\d+.*Did you mean `Customer`/);
      await git(clone, "reset", "--quiet", "--hard", "HEAD~1");
    });

    const loop = new RequestLoop(() => app.rest("/orders/10248"));
    await test.step("a push with a new attribute shows in the builder", async () => {
      const file = join(clone, "domain/product.ts");
      const before = await readFile(file, "utf8");
      const after = before.replace(
        /attributes: \{\n/,
        "attributes: {\n    organic: boolean({ required: true, default: false }),\n",
      );
      await writeFile(file, after.includes("boolean,") ? after : after.replace("import { ", "import { boolean, "));
      await git(clone, "commit", "--quiet", "-am", "Tell organic products");
      await git(clone, "push", "--quiet");
      await page.getByRole("link", { name: "Model", exact: true }).click();
      await find(page, "organic");
      await expect(page.getByRole("textbox", { name: "Attribute name" })).toHaveValue("organic");
    });

    await test.step("it goes live by itself, without one failed request", async () => {
      await page.getByRole("link", { name: "Ship", exact: true }).click();
      await untilLive(page, 2);
      const { answered, failures } = await loop.stop();
      expect(failures).toEqual([]);
      expect(answered).toBeGreaterThan(0);
      expect((await app.rest("/products/1")).body.organic).toBe(false);
      const { product } = await app.graphql("{ product(id: 1) { organic } }");
      expect(product).toEqual({ organic: false });
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

/** Goes to a resource or an attribute by its name. */
async function find(page: Page, name: string): Promise<void> {
  await page.getByRole("button", { name: "Find", exact: true }).click();
  await page.getByPlaceholder("Find a resource or attribute").fill(name);
  await expect(page.getByRole("option", { name: new RegExp(`^${name}\\b`), selected: true })).toBeVisible();
  await page.keyboard.press("Enter");
}

async function deploy(page: Page, release: number): Promise<void> {
  await page.getByRole("button", { name: "Deploy to production" }).click();
  await untilLive(page, release);
}

async function untilLive(page: Page, release: number): Promise<void> {
  await expect(page.getByText(`Release ${release} live`)).toBeVisible({ timeout: 90_000 });
}

/** Node.js resolves no names below localhost where the system does not; apps answer by path as well. */
function reachable(url: string): string {
  const { hostname, port, protocol } = new URL(url);
  const label = /^(.+)\.localhost$/.exec(hostname)?.[1];
  return label === undefined ? url : `${protocol}//localhost:${port}/apps/${label}`;
}
