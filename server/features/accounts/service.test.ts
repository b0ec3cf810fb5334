import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { memberships, organisations } from "#db/schema/organisations.ts";
import { users } from "#db/schema/users.ts";
import type { TestControlPlane } from "#tests/support/controlPlane.ts";
import { testControlPlane } from "#tests/support/controlPlane.ts";
import { listOrganisations } from "../organisations/service.ts";
import { authenticate, findUser, signUp } from "./service.ts";

let plane: TestControlPlane;
beforeAll(async () => {
  plane = await testControlPlane();
});
afterAll(() => plane[Symbol.asyncDispose]());

const password = "analytical engine";

test("signing up makes the account and a personal organisation that it owns", async () => {
  await signUp(plane.db, { email: "ada@example.com", name: "Ada Lovelace", password, address: "192.0.2.1" });
  const user = await authenticate(plane.db, { email: "ada@example.com", password, address: "192.0.2.1" });
  expect(user).toMatchObject({ email: "ada@example.com", name: "Ada Lovelace" });
  expect(await listOrganisations(plane.db, user?.id ?? "")).toMatchObject([
    { slug: "ada-lovelace", name: "Ada Lovelace", role: "owner" },
  ]);
  expect(await findUser(plane.db, user?.id ?? "")).toEqual(user);
});

test("many sign-ups with one address at once make one account, and its first password stays", async () => {
  const email = "grace@example.com";
  const given = { email, name: "Grace Hopper", address: "192.0.2.2" };
  await Promise.all(Array.from({ length: 6 }, () => signUp(plane.db, { ...given, password: "nanosecond wires" })));
  await signUp(plane.db, { ...given, name: "Somebody else", password: "another password" });
  expect(await plane.db.select({ name: users.name }).from(users).where(eq(users.email, email))).toEqual([
    { name: "Grace Hopper" },
  ]);
  expect(await authenticate(plane.db, { ...given, password: "another password" })).toBeNull();
  expect(await authenticate(plane.db, { ...given, password: "nanosecond wires" })).toMatchObject({ email });
});

test("many people of one name at once get organisations with different slugs", async () => {
  await Promise.all(
    Array.from({ length: 9 }, (_, at) =>
      signUp(plane.db, { email: `kim${at}@example.com`, name: "Kim", password, address: `192.0.2.${at + 10}` }),
    ),
  );
  const slugs = await plane.db
    .select({ slug: organisations.slug })
    .from(organisations)
    .where(eq(organisations.name, "Kim"));
  expect(new Set(slugs.map(({ slug }) => slug)).size).toBe(9);
  expect(slugs.map(({ slug }) => slug)).toEqual(expect.arrayContaining(["kim", "kim-2", "kim-3"]));
  expect(await plane.db.select().from(memberships)).toHaveLength(11);
});

test("a name that would take one of our own paths is numbered, one without Latin letters becomes workspace", async () => {
  await signUp(plane.db, { email: "api@example.com", name: "API", password, address: null });
  await signUp(plane.db, { email: "li@example.com", name: "李雷", password, address: null });
  const slugs = (await plane.db.select({ slug: organisations.slug }).from(organisations)).map(({ slug }) => slug);
  expect(slugs).toEqual(expect.arrayContaining(["api-2", "workspace"]));
});

test("guessing at one account from one network stops after ten tries, for known and unknown addresses alike", async () => {
  for (const email of ["ada@example.com", "nobody@example.com"]) {
    const tries = await Promise.allSettled(
      Array.from({ length: 12 }, () =>
        authenticate(plane.db, { email, password: "wrong password", address: "198.51.100.1" }),
      ),
    );
    expect(tries.filter(({ status }) => status === "fulfilled")).toHaveLength(10);
    await expect(authenticate(plane.db, { email, password, address: "198.51.100.1" })).rejects.toMatchObject({
      code: "rate_limited",
    });
  }
  expect(await authenticate(plane.db, { email: "ada@example.com", password, address: "198.51.100.2" })).not.toBeNull();
});

test("the right password clears the count of wrong ones", async () => {
  const given = { email: "ada@example.com", address: "198.51.100.3" };
  for (let round = 0; round < 3; round += 1) {
    for (let n = 0; n < 6; n += 1) await authenticate(plane.db, { ...given, password: "wrong password" });
    expect(await authenticate(plane.db, { ...given, password })).not.toBeNull();
  }
});
