import { eq } from "drizzle-orm";
import postgres from "postgres";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { deployments } from "#db/schema/deployments.ts";
import { environments } from "#db/schema/environments.ts";
import { organisations } from "#db/schema/organisations.ts";
import { projects } from "#db/schema/projects.ts";
import type { EncryptionSpec } from "#lib/compile/Snapshot.ts";
import { placedModel } from "#lib/compile/schema/placeColumns.ts";
import { readModel } from "#lib/model/read/readModel.ts";
import type { Sources } from "#lib/model/sources.ts";
import type { Model } from "#lib/model/types.ts";
import { FieldCipher } from "#server/runtime/encryption/FieldCipher.ts";
import { type TestControlPlane, testControlPlane } from "#tests/support/controlPlane.ts";
import { compileSnapshot } from "../../deployments/compileSnapshot.ts";
import {
  applyModel,
  createEnvironment,
  encryptionOf,
  environmentAdminUrl,
  provisionEnvironment,
} from "../../environments/service.ts";
import { wholeDatabase } from "../testing/wholeDatabase.ts";
import { copyRows } from "./copyRows.ts";

/** A preview begins with rows that look like those of production and say nothing of anybody. */

let plane: TestControlPlane;
let projectId: string;
let production: string;

const person = (more: string) =>
  `import { address, email, embed, encrypted, file, hasMany, phone, resource, sequence,
  belongsTo, date, decimal, text, uuid, list } from "gantry";
export default resource("Person", {
  key: text({ maxLength: 80 }),
  attributes: {
    number: sequence("P-{0000}"),
    firstName: text({ sensitive: true }),
    lastName: text({ sensitive: true }),
    login: text({ sensitive: true, unique: true, maxLength: 12 }),
    mail: email({ unique: true }),
    mobile: phone({ sensitive: true }),
    salary: decimal({ precision: 12, scale: 2, sensitive: true, min: "0" }),
    birthday: date({ sensitive: true }),
    nicknames: list(text(), { sensitive: true }),
    iban: encrypted({ required: true }),
    passport: encrypted(),
    home: embed("Address"),
    photo: file(),
    team: text(),
    ${more}
  },
  relationships: { boss: belongsTo("Person"), reports: hasMany("Person", { via: "boss" }) },
  calculations: { fullName: text("firstName + ' ' + lastName", { stored: true }) },
  history: true,
});
`.replace("address, ", "");

const files = (more = "legacy: text(),"): Sources => ({
  "gantry.config.ts": `import { app } from "gantry";\nexport default app({ name: "Staff", users: "Person" });\n`,
  "domain/address.ts": `import { text, valueObject } from "gantry";
export default valueObject("Address", { attributes: { street: text({ sensitive: true }), country: text() } });
`,
  "domain/person.ts": person(more),
});

function modelOf(sources: Sources): Model {
  const { model, problems } = readModel(sources);
  if (!model) throw new Error(problems.map(({ message }) => message).join("\n"));
  return model;
}

async function newEnvironment(name: string): Promise<string> {
  const { id } = await createEnvironment(plane.db, { projectId, name, branch: "main", labelBase: `staff-${name}` });
  await provisionEnvironment(id);
  return id;
}

async function noteRelease(id: string, model: Model, places: Awaited<ReturnType<typeof applyModel>>["places"]) {
  const snapshot = { ...compileSnapshot(model), places };
  const commit = "c".repeat(40);
  await plane.db.insert(deployments).values({ environmentId: id, release: 1, commit, state: "live", snapshot });
  await plane.db.update(environments).set({ release: 1 }).where(eq(environments.id, id));
}

async function open(id: string): Promise<postgres.Sql> {
  const connection = { TimeZone: "UTC", IntervalStyle: "iso_8601" };
  return postgres(await environmentAdminUrl(id), { max: 1, onnotice: () => {}, connection });
}

const secrets = {
  first: ["Adalovelaceia", "Gracehopperia"],
  last: ["Countessborn", "Admiralborn"],
  login: ["adaloves", "gracehop"],
  mail: ["ada.private@example.org", "grace.private@example.org"],
  mobile: ["+4915112345678", "+12025550147"],
  salary: ["87654321.12", "98765432.34"],
  birthday: ["1915-12-10", "1906-12-09"],
  street: ["Hauptstrasse 77", "Nebenstrasse 88"],
  nickname: ["Schnuckiputzi", "Amazingrace"],
  iban: ["v1.old.c2VhbGVkMTIzNDU2", "v1.old.c2VhbGVkNjU0MzIx"],
  photo: ["passphoto-ada.png", "passphoto-grace.png"],
  legacy: ["formerly-secret-ada", "formerly-secret-grace"],
} as const;

beforeAll(async () => {
  plane = await testControlPlane();
  const { organisation } = await plane.person("Ada");
  const [home] = await plane.db.select().from(organisations).where(eq(organisations.slug, organisation));
  const values = {
    organisationId: home?.id ?? "",
    slug: "staff",
    name: "Staff",
    origin: "blank",
    state: "ready",
  } as const;
  const [project] = await plane.db.insert(projects).values(values).returning();
  projectId = project?.id ?? "";
  production = await newEnvironment("production");
  const first = modelOf(files());
  const { places } = await applyModel(production, first);
  const sql = await open(production);
  for (const at of [0, 1] as const) {
    const home = { street: secrets.street[at], country: "DE" };
    const photo = { key: "x/y", name: secrets.photo[at], size: 9, mediaType: "image/png", checksum: "0".repeat(64) };
    await sql`insert into public.people ${sql({
      id: `key-${at}`,
      first_name: secrets.first[at],
      last_name: secrets.last[at],
      login: secrets.login[at],
      mail: secrets.mail[at],
      mobile: secrets.mobile[at],
      salary: secrets.salary[at],
      birthday: secrets.birthday[at],
      nicknames: [secrets.nickname[at], null],
      iban: secrets.iban[at],
      home: sql.json(home),
      photo: sql.json(photo),
      team: "Engines",
      legacy: secrets.legacy[at],
      boss_id: at === 1 ? "key-0" : null,
    })}`;
  }
  await sql.end();
  // The release that serves has retired a column, whose values nobody knows the meaning of any more.
  const second = modelOf(files(""));
  const plan = await applyModel(production, second, { live: { model: first, places } });
  await noteRelease(production, second, plan.places);
});

afterAll(async () => {
  await plane.db.delete(deployments);
  await plane[Symbol.asyncDispose]();
});

let preview: string;
let count = 0;
beforeEach(async () => {
  count += 1;
  preview = await newEnvironment(`preview-${count}`);
});

const next = () => modelOf(files("grade: text({ required: true, default: 'junior' }),"));

test("no sensitive value is anywhere in the copy, and everything has its form", { timeout: 60_000 }, async () => {
  expect(await copyRows({ from: production, to: preview })).toEqual({ tables: 3, rows: 3 });
  const { places } = await applyModel(preview, next());
  const model = placedModel(next(), places);
  expect(model.resources[0]?.table).toBe("people");
  const sql = await open(preview);
  const everything = JSON.stringify(await wholeDatabase(sql));
  expect(everything).toContain("Engines");
  for (const [name, values] of Object.entries(secrets)) {
    for (const value of values) expect(everything, name).not.toContain(value);
  }
  expect(everything).not.toContain("Hauptstrasse");
  const rows =
    await sql`select *, birthday::text as day, to_json(nicknames) as names from public.people order by boss_id nulls first`;
  const [ada, grace] = rows;
  expect(rows).toHaveLength(2);
  for (const row of rows) {
    expect(row).toMatchObject({
      first_name: expect.stringMatching(/^[A-Z][a-z]{12}$/),
      login: expect.stringMatching(/^[a-z]{8}$/),
      mail: expect.stringMatching(/^[0-9a-f]{16}@example\.com$/),
      mobile: expect.stringMatching(/^\+[1-9]\d{10,12}$/),
      salary: expect.stringMatching(/^\d{8}\.\d\d$/),
      day: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
      names: [expect.stringMatching(/^[A-Z][a-z]+$/), null],
      passport: null,
      photo: null,
      home: { street: expect.stringMatching(/^[A-Z][a-z]+ \d\d$/), country: "DE" },
      team: "Engines",
      grade: "junior",
      // Worked out from what the names are now.
      full_name: `${row.first_name} ${row.last_name}`,
    });
  }
  expect(grace?.boss_id).toBe(ada?.id);
  expect(rows.map(({ number }) => number)).toEqual(["P-0001", "P-0002"]);
  await sql`insert into public.people (id, login, iban) values ('new', 'new', 'x')`;
  expect(await sql`select number from public.people where id = 'new'`).toEqual([{ number: "P-0003" }]);
  const [environment] = await plane.db.select().from(environments).where(eq(environments.id, preview));
  const cipher = new FieldCipher(encryptionOf(environment as never) as EncryptionSpec);
  expect(cipher.open(ada?.iban, "people.iban")).toBe("masked");
  await sql.end();
});

test("what was broken off leaves nothing, and what is done is not done again", { timeout: 60_000 }, async () => {
  await expect(copyRows({ from: production, to: preview, largest: 1000 })).rejects.toMatchObject({
    code: "payload_too_large",
    message: expect.stringContaining("Let previews begin with the seeds."),
  });
  const sql = await open(production);
  await sql`alter table public.people alter column team type text using 'x'`;
  await sql`alter table public.people alter column salary type text using 'no number'`;
  await expect(copyRows({ from: production, to: preview })).rejects.toThrow();
  const there = await open(preview);
  expect(await there`select from pg_class where relnamespace = 'public'::regnamespace`).toHaveLength(0);
  await sql`alter table public.people alter column salary type numeric(12, 2) using 12345678.12`;
  await sql.end();
  expect(await copyRows({ from: production, to: preview })).not.toBeNull();
  expect(await copyRows({ from: production, to: preview })).toBeNull();
  await there.end();
});

test("what the branch calls sensitive is masked too, and what it no longer calls so stays masked", async () => {
  const other = modelOf({
    ...files(""),
    "domain/person.ts": person("")
      .replace("team: text()", "team: text({ sensitive: true })")
      .replace("login: text({ sensitive: true,", "login: text({"),
  });
  const values = { environmentId: preview, release: 1, commit: "d".repeat(40), state: "running" } as const;
  await plane.db.insert(deployments).values({ ...values, snapshot: compileSnapshot(other) });
  await copyRows({ from: production, to: preview });
  const sql = await open(preview);
  const rows = await sql<{ login: string; team: string }[]>`select login, team from public.people`;
  await sql.end();
  for (const { login, team } of rows) {
    expect(secrets.login).not.toContain(login);
    expect(team).not.toBe("Engines");
  }
});

test("an environment that serves is not filled", async () => {
  await expect(copyRows({ from: preview, to: production })).rejects.toMatchObject({ code: "conflict" });
  await expect(copyRows({ from: preview, to: preview })).rejects.toThrow("Nothing is deployed");
});
