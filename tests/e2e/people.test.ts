import { expect, type Page, test } from "@playwright/test";
import { signUp } from "./support/account.ts";

test("invited by a link, somebody joins in another browser, sees what their role allows, and is handed the house", async ({
  page,
  browser,
}) => {
  test.setTimeout(180_000);
  const owner = await signUp(page, "Olga Owner");
  await page.getByRole("button", { name: /^Organisation .*, switch$/ }).click();
  await page.getByRole("menuitem", { name: "New organisation" }).click();
  const house = `House ${owner.email.slice(-18, -12)}`;
  await page.getByLabel("Organisation name").fill(house);
  await page.getByRole("button", { name: "Create organisation" }).click();
  await expect(page.getByRole("heading", { name: "Your projects will stand here" })).toBeVisible();
  const organisation = new URL(page.url()).pathname;

  await page.getByRole("link", { name: "New project" }).click();
  await page.getByLabel("Name", { exact: true }).fill("Shop");
  await page.getByRole("radio", { name: "Blank" }).click();
  await page.getByRole("button", { name: "Create project" }).click();
  await expect(page).toHaveURL(new RegExp(`${organisation}/shop/model`));

  await page.goto(`${organisation}/settings/people`);
  await page.getByRole("button", { name: "Invite people" }).click();
  const email = `vera-${owner.email}`;
  await page.getByLabel("Addresses").fill(email);
  await page.getByLabel("Role", { exact: true }).selectOption("viewer");
  await page.getByRole("button", { name: "Invite", exact: true }).click();
  const link = await page.getByTestId("invitation-link").innerText();
  await page.getByRole("button", { name: "Done" }).click();
  await expect(page.getByRole("list", { name: "Pending invitations" })).toContainText(email);

  // Signed in as somebody else one is told whom it is for.
  await page.goto(link);
  await expect(page.getByText("This is not your address")).toBeVisible();

  const second = await browser.newContext();
  const guest = await second.newPage();
  await guest.goto(link);
  await expect(guest.getByRole("heading", { name: `Olga Owner invites you to ${house}` })).toBeVisible();
  await guest.getByLabel("Name").fill("Vera Viewer");
  await guest.getByLabel("Password").fill("correct horse battery");
  await guest.getByRole("button", { name: "Create account and join" }).click();
  await expect(guest.getByRole("heading", { name: "Projects" })).toBeVisible();
  await expect(guest.getByRole("link", { name: /Shop/ }).first()).toBeVisible();

  await guest.goto(`${organisation}/shop/ship`);
  await expect(guest.getByRole("button", { name: /^Deploy.*Ask an owner/ })).toHaveAttribute("aria-disabled", "true");
  await guest.goto(`${organisation}/settings/people`);
  await expect(guest.getByRole("button", { name: /^Invite people.*Ask an owner/ })).toHaveAttribute(
    "aria-disabled",
    "true",
  );

  // In one project they can be hidden from it.
  await page.goto(`${organisation}/shop/settings`);
  await page.getByLabel("Role of Vera Viewer in this project").selectOption("none");
  await expect(page.getByLabel("Role of Vera Viewer in this project")).toHaveValue("none");
  await guest.goto(organisation);
  await expect(guest.getByRole("heading", { name: "Your projects will stand here" })).toBeVisible();

  await page.goto(`${organisation}/settings`);
  await page.getByRole("button", { name: "Leave" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Leave" }).click();
  await expect(page.getByRole("dialog").getByRole("alert")).toContainText("last owner");
  await page.getByRole("dialog").getByRole("button", { name: "Cancel" }).click();
  await page.getByRole("button", { name: "Hand over" }).click();
  await page
    .getByRole("dialog")
    .getByLabel(/to go on/)
    .fill(house);
  await page.getByRole("dialog").getByRole("button", { name: "Hand over" }).click();
  await expect(page.getByText(/is an owner now/)).toBeVisible();

  await leave(page);
  await expect(page).not.toHaveURL(new RegExp(organisation));
  expect((await page.goto(organisation))?.status()).toBeLessThan(500);
  await expect(page.getByRole("link", { name: /Shop/ })).toHaveCount(0);
  // An owner is owner everywhere, also where they were hidden before.
  await guest.goto(organisation);
  await expect(guest.getByRole("link", { name: /Shop/ }).first()).toBeVisible();
  await second.close();
});

async function leave(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Leave" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Leave" }).click();
}
