import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestControlPlane, testControlPlane } from "#tests/support/controlPlane.ts";
import { verifyToken } from "../tokens/service.ts";

let plane: TestControlPlane;
let ada: Awaited<ReturnType<TestControlPlane["person"]>>;
let eve: typeof ada;
beforeAll(async () => {
  plane = await testControlPlane();
  ada = await plane.person("Ada");
  eve = await plane.person("Eve");
});
afterAll(() => plane[Symbol.asyncDispose]());

const program = () => plane.caller(null).devices;

test("a program gets a token once, after somebody has let it", async () => {
  const { deviceCode, userCode, url } = await program().start({ name: "gantry on laptop" });
  expect(userCode).toMatch(/^[A-Z]{4}-[A-Z]{4}$/);
  expect(new URL(url).searchParams.get("code")).toBe(userCode);
  expect(await program().poll({ deviceCode })).toEqual({ state: "waiting" });

  const asked = plane.caller(ada.user).devices;
  const typed = userCode.toLowerCase().replace("-", " ");
  expect(await asked.find({ code: typed })).toMatchObject({ name: "gantry on laptop", userCode });
  await asked.decide({ code: typed, approve: true });

  const answers = await Promise.allSettled([program().poll({ deviceCode }), program().poll({ deviceCode })]);
  const tokens = answers.flatMap((answer) =>
    answer.status === "fulfilled" && answer.value.state === "approved" ? [answer.value.token] : [],
  );
  expect(tokens).toHaveLength(1);
  expect((await verifyToken(plane.db, tokens[0] ?? ""))?.user).toEqual(ada.user);
  expect((await plane.caller(ada.user).tokens.list()).map(({ name }) => name)).toContain("gantry on laptop");
  await expect(program().poll({ deviceCode })).rejects.toMatchObject({ code: "NOT_FOUND" });
  await expect(asked.find({ code: userCode })).rejects.toMatchObject({ code: "NOT_FOUND" });
});

test("one that was not let in gets nothing, and nobody can change their mind for it", async () => {
  const { deviceCode, userCode } = await program().start({ name: "a stranger" });
  await plane.caller(ada.user).devices.decide({ code: userCode, approve: false });
  expect(await program().poll({ deviceCode })).toEqual({ state: "denied" });
  const late = plane.caller(eve.user).devices.decide({ code: userCode, approve: true });
  await expect(late).rejects.toMatchObject({ code: "NOT_FOUND" });
  expect(await program().poll({ deviceCode })).toEqual({ state: "denied" });
});

test("codes that are over, wrong or shown by nobody are refused", async () => {
  const { deviceCode, userCode } = await program().start({ name: "late" });
  await plane.db.execute(sql`update device_logins set expires_at = now() - interval '1 second'`);
  const asked = plane.caller(ada.user).devices;
  await expect(asked.decide({ code: userCode, approve: true })).rejects.toMatchObject({ code: "NOT_FOUND" });
  await expect(program().poll({ deviceCode })).rejects.toMatchObject({ code: "NOT_FOUND" });
  await expect(program().poll({ deviceCode: "x" })).rejects.toMatchObject({ code: "NOT_FOUND" });
  await expect(program().find({ code: userCode })).rejects.toMatchObject({ code: "UNAUTHORIZED" });
});

test("a token cannot make tokens: neither by name nor by letting a program in", async () => {
  const { userCode } = await program().start({ name: "another" });
  const byToken = plane.callerBy({
    user: eve.user,
    by: "token",
    credentialId: null,
    scopes: null,
    onlyOrganisationId: null,
    secondFactor: true,
  });
  await expect(byToken.devices.decide({ code: userCode, approve: true })).rejects.toMatchObject({ code: "FORBIDDEN" });
  await expect(byToken.tokens.create({ name: "more" })).rejects.toMatchObject({ code: "FORBIDDEN" });
  expect(await byToken.accounts.me()).toEqual(eve.user);
});

test("neither the code of the program nor its token is in the database", async () => {
  const { deviceCode, userCode } = await program().start({ name: "secretive" });
  await plane.caller(eve.user).devices.decide({ code: userCode, approve: true });
  const answer = await program().poll({ deviceCode });
  const rows = JSON.stringify(
    await plane.db.execute(sql`select d::text as one from device_logins d union all select t::text from tokens t`),
  );
  expect(rows).toContain(userCode);
  expect(rows).not.toContain(deviceCode);
  expect(rows).not.toContain(answer.state === "approved" ? answer.token.slice(10) : "never");
});
