import { createHmac } from "node:crypto";
import { createServer } from "node:http";
import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { auditStreams } from "#db/schema/auditStreams.ts";
import type { TestControlPlane } from "#tests/support/controlPlane.ts";
import { testControlPlane } from "#tests/support/controlPlane.ts";
import { findOrganisation } from "../../organisations/service.ts";
import { recordAudit, systemActor } from "../service.ts";
import { deliverStreams } from "./deliverStream.ts";

interface Taken {
  readonly id: string;
  readonly isSigned: boolean;
  readonly sequences: readonly number[];
}

let plane: TestControlPlane;
let ada: Awaited<ReturnType<TestControlPlane["person"]>>;
let organisationId: string;
let secret = "";
let answer = 200;
let taken: Taken[] = [];

const receiver = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => chunks.push(chunk));
  request.on("end", () => {
    const body = Buffer.concat(chunks).toString("utf8");
    const id = String(request.headers["webhook-id"]);
    const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
    const signed = createHmac("sha256", key).update(`${id}.${request.headers["webhook-timestamp"]}.${body}`);
    const isSigned = request.headers["webhook-signature"] === `v1,${signed.digest("base64")}`;
    const { entries } = (JSON.parse(body) as { data: { entries: { sequence: number }[] } }).data;
    taken.push({ id, isSigned, sequences: entries.map(({ sequence }) => sequence) });
    response.writeHead(answer).end();
  });
});

beforeAll(async () => {
  // On one's own machine the own network may be reached, such as this receiver.
  plane = await testControlPlane({ GANTRY_PLAN: "enterprise" });
  ada = await plane.person("Ada");
  organisationId = (await findOrganisation(plane.db, ada.user.id, ada.organisation)).organisation.id;
  await new Promise<void>((resolve) => receiver.listen(0, "127.0.0.1", resolve));
});
afterAll(async () => {
  receiver.close();
  await plane[Symbol.asyncDispose]();
});
beforeEach(async () => {
  taken = [];
  answer = 200;
  await plane.db.delete(auditStreams);
});

function url(): string {
  const address = receiver.address();
  return `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}/audit`;
}

const asked = () => plane.caller(ada.user).audit.stream;

async function start(from: "beginning" | "now"): Promise<void> {
  secret = (await asked().start({ organisation: ada.organisation, url: url(), from })).secret;
}

async function record(count: number): Promise<void> {
  for (let n = 0; n < count; n += 1)
    await recordAudit(plane.db, { organisationId, actor: systemActor, action: "test.streamed" });
}

async function state() {
  const stream = await asked().get({ organisation: ada.organisation });
  if (!stream) throw new Error("There is no stream.");
  return stream;
}

/** As if the time to wait were over. */
async function wait(): Promise<void> {
  await plane.db
    .update(auditStreams)
    .set({ nextTryAt: sql`now()` })
    .where(eq(auditStreams.organisationId, organisationId));
}

test("entries go in order, signed, some at a time, each once while the receiver takes them", async () => {
  await record(230);
  await start("beginning");
  await Promise.all([deliverStreams(), deliverStreams()]);
  const sequences = taken.flatMap((one) => one.sequences);
  expect(sequences).toEqual(sequences.map((_, at) => at + 1));
  expect(sequences.length).toBeGreaterThan(230);
  expect(taken.every(({ isSigned }) => isSigned)).toBe(true);
  expect(await state()).toMatchObject({ deliveredThrough: sequences.length, failures: 0, failure: null });
});

test("what was not taken is sent again under the same id, later and later, and nothing overtakes it", async () => {
  await start("now");
  await record(3);
  answer = 500;
  await deliverStreams();
  await deliverStreams();
  expect(taken).toHaveLength(1);
  const first = await state();
  expect(first).toMatchObject({ failures: 1, failure: expect.stringMatching(/answered with 500/) });
  await wait();
  await record(1);
  await deliverStreams();
  const second = await state();
  const waits = [first, second].map(({ nextTryAt }) => nextTryAt.getTime());
  expect(second.failures).toBe(2);
  expect((waits[1] ?? 0) - (waits[0] ?? 0)).toBeGreaterThan(20_000);
  answer = 204;
  await wait();
  await deliverStreams();
  const [one, , last] = taken;
  expect(last?.sequences[0]).toBe(one?.sequences[0]);
  expect(await state()).toMatchObject({ failures: 0, failure: null });
});

test("paused it sends nothing, and goes on where it stopped", async () => {
  await start("now");
  const from = (await state()).deliveredThrough;
  await asked().pause({ organisation: ada.organisation, isPaused: true });
  expect(await deliverStreams()).toBe(0);
  await asked().pause({ organisation: ada.organisation, isPaused: false });
  await deliverStreams();
  expect(taken.flatMap(({ sequences }) => sequences)[0]).toBe(from + 1);
});

test("a test is sent without entries, and tells what the receiver says", async () => {
  await start("now");
  await asked().test({ organisation: ada.organisation });
  expect(taken).toMatchObject([{ isSigned: true, sequences: [] }]);
  answer = 404;
  await expect(asked().test({ organisation: ada.organisation })).rejects.toMatchObject({ code: "SERVICE_UNAVAILABLE" });
});

test("an address that is none is refused at its field, and the secret is kept sealed only", async () => {
  const make = (address: string) => asked().start({ organisation: ada.organisation, url: address });
  for (const address of ["ftp://example.com", "https://user:pw@example.com/", "nothing"]) {
    await expect(make(address)).rejects.toMatchObject({ cause: { fields: [{ field: "url" }] } });
  }
  await start("now");
  await expect(make(url())).rejects.toMatchObject({ code: "CONFLICT" });
  const rows = JSON.stringify(
    await plane.db.execute(sql`select s::text as row from audit_streams s
    union all select e::text from audit_entries e`),
  );
  expect(rows).not.toContain(secret.slice(6));
});
