import { TRPCError } from "@trpc/server";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { projects } from "#db/schema/projects.ts";
import { AppError } from "#lib/errors/AppError.ts";
import type { TestControlPlane } from "#tests/support/controlPlane.ts";
import { testControlPlane } from "#tests/support/controlPlane.ts";
import type { SessionUser } from "../access/Principal.ts";
import { personalProcedures } from "../access/personalProcedures.ts";
import { procedures } from "../access/procedures.ts";
import { findOrganisation } from "../features/organisations/service.ts";
import { rootRouter } from "./root.ts";

let plane: TestControlPlane;
let ada: Awaited<ReturnType<TestControlPlane["person"]>>;
let eve: typeof ada;
beforeAll(async () => {
  plane = await testControlPlane();
  ada = await plane.person("Ada");
  eve = await plane.person("Eve");
  const { organisation } = await findOrganisation(plane.db, ada.user.id, ada.organisation);
  await plane.db
    .insert(projects)
    .values({ organisationId: organisation.id, slug: "engine", name: "Engine", origin: "blank", state: "ready" });
});
afterAll(() => plane[Symbol.asyncDispose]());

/** What a procedure answers: its error's code and sentence, or `done`. */
async function answerTo(path: string, user: SessionUser | null, input: unknown): Promise<string> {
  let procedure: unknown = plane.caller(user);
  for (const name of path.split(".")) procedure = (procedure as Record<string, unknown>)[name];
  try {
    await (procedure as (input: unknown) => Promise<unknown>)(input);
    return "done";
  } catch (error) {
    if (error instanceof TRPCError && error.cause instanceof AppError) return `${error.cause.code}: ${error.message}`;
    throw error;
  }
}

/** Every procedure by its path; tRPC's types keep what it knows of their inputs to itself. */
const known = rootRouter._def.procedures as unknown as Readonly<
  Record<string, { readonly _def: { readonly inputs: readonly { readonly shape?: object }[] } }>
>;

/** Names of the fields that a procedure's input is made of. */
function inputFields(path: string): string[] {
  return known[path]?._def.inputs.flatMap(({ shape }) => Object.keys(shape ?? {})) ?? [];
}

const paths = Object.keys(known);
const ofOrganisations = paths.filter((path) => inputFields(path).includes("organisation"));
const ofProjects = ofOrganisations.filter((path) => inputFields(path).includes("project"));

test("every operation names its organisation, unless it is known to be personal", () => {
  expect(paths.filter((path) => !ofOrganisations.includes(path)).sort()).toEqual(
    Object.keys(personalProcedures).sort(),
  );
  expect([...ofOrganisations].sort()).toEqual(Object.keys(procedures).sort());
  expect(ofProjects.length).toBeGreaterThan(1);
});

describe.each(ofOrganisations)("%s", (path) => {
  test("refuses whoever is not signed in", async () => {
    const answer = await answerTo(path, null, { organisation: ada.organisation, project: "engine" });
    expect(answer).toMatch(/^unauthenticated: /);
  });

  test("tells someone of another organisation nothing, not even that there is something", async () => {
    const there = await answerTo(path, eve.user, { organisation: ada.organisation, project: "engine" });
    const nowhere = await answerTo(path, eve.user, { organisation: "nowhere", project: "engine" });
    expect(there).toMatch(/^not_found: /);
    expect(there).toBe(nowhere);
  });
});

describe.each(ofProjects)("%s", (path) => {
  test("does not reach another organisation's project through one's own", async () => {
    const answer = await answerTo(path, eve.user, { organisation: eve.organisation, project: "engine" });
    const nothing = await answerTo(path, eve.user, { organisation: eve.organisation, project: "nothing" });
    expect(answer).toMatch(/^not_found: /);
    expect(answer).toBe(nothing);
  });

  test.each(["", "Engine", "..", "a\u0000b", "%", "engine'--"])(
    "takes %j as a project that is not there",
    async (slug) => {
      expect(await answerTo(path, ada.user, { organisation: ada.organisation, project: slug })).toMatch(/^not_found: /);
      expect(await answerTo(path, ada.user, { organisation: slug, project: "engine" })).toMatch(/^not_found: /);
    },
  );
});
