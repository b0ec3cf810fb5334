import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { projects } from "#db/schema/projects.ts";
import { type RuntimeProcess, startRuntimeProcess } from "#server/deploy/testing/startRuntimeProcess.ts";
import { createApiKey } from "../deployments/service.ts";
import { type Stage, startStage } from "../deployments/testing/startStage.ts";
import { asEnvironmentOwner } from "../environments/service.ts";
import { readFiles } from "../repository/service.ts";
import { addIndex, explainSlowStatement, slowStatements } from "./service.ts";

/** From a slow request to the index that spares it: noted by the runtime, added to the model, built by a deploy. */

let stage: Stage<RuntimeProcess>;

beforeAll(async () => {
  stage = await startStage(await startRuntimeProcess());
});

afterAll(() => stage[Symbol.asyncDispose]());

const files = {
  "gantry.config.ts": `import { app } from "gantry";\nexport default app({ name: "Shop" });\n`,
  "domain/order.ts": `import { resource, text, date } from "gantry";
export default resource("Order", {
  // Kept as it is.
  attributes: { code: text(), placedOn: date() },
});
`,
};

test("a slow list is told, and its index added, deployed and used", { timeout: 120_000 }, async () => {
  const project = await stage.project(files);
  expect(await slowStatements(await project.environment())).toBeNull();
  expect((await project.deploy()).state).toBe("live");
  const environment = await project.environment();
  expect(await slowStatements(environment)).toMatchObject({ statements: [] });

  const { apiKey } = await createApiKey(environment.id, { name: "Test", roles: null, actAs: false });
  const url = `${stage.runtime.appUrl(environment.label)}/rest/v1/orders?sort=-placedOn`;
  const headers = { authorization: `Bearer ${apiKey}` };
  await asEnvironmentOwner(environment.id, async (sql) => {
    await sql.unsafe(
      "insert into orders (code, placed_on) select md5(n::text), date '2020-01-01' + n % 2000 from generate_series(1, 50000) n",
    );
  });
  for (let slow = 0; slow === 0; ) {
    // Whoever reads the table meanwhile waits.
    const { answer } = await asEnvironmentOwner(environment.id, async (sql) => {
      await sql.unsafe("begin");
      await sql.unsafe("lock table orders in access exclusive mode");
      const begun = fetch(url, { headers });
      await sql.unsafe("select pg_sleep(0.3)");
      await sql.unsafe("commit");
      return { answer: begun };
    });
    expect((await answer).status).toBe(200);
    slow = (await slowStatements(environment))?.statements.length ?? 0;
  }
  const [statement] = (await slowStatements(environment))?.statements ?? [];
  expect(statement?.requests).toEqual([{ request: "GET /rest/v1/orders?sort=-placedOn", count: expect.any(Number) }]);

  const explain = () => explainSlowStatement(project.id, environment, statement?.id ?? "");
  const proposal = { resource: "Order", index: { fields: [{ name: "placedOn", descending: true }] } };
  expect(await explain()).toMatchObject({ sorts: true, proposals: [{ ...proposal, state: "missing" }] });

  const [row] = await stage.control.db.select().from(projects).where(eq(projects.id, project.id));
  if (!row) throw new Error("The project is gone.");
  const asked = { project: row, user: stage.user, resource: "Order", fields: proposal.index.fields };
  const added = await addIndex(stage.control.db, asked);
  expect(await addIndex(stage.control.db, asked)).toEqual(added);
  const { "domain/order.ts": order } = (await readFiles(project.id)).files;
  expect(order).toContain(`indexes: [["-placedOn"]]`);
  expect(order).toContain("// Kept as it is.");
  expect(await explain()).toMatchObject({ proposals: [{ ...proposal, state: "waiting" }] });
  await expect(addIndex(stage.control.db, { ...asked, resource: "Gone" })).rejects.toThrow(/no resource Gone/);

  const scope = { organisation: stage.organisation, project: project.slug };
  const stranger = stage.control.caller((await stage.control.person("Eve")).user).slow;
  expect(await stage.control.caller(stage.user).slow.list(scope)).toMatchObject({ statements: [{}] });
  await expect(stage.control.caller(null).slow.list(scope)).rejects.toThrow("Sign in");
  await expect(stranger.list(scope)).rejects.toMatchObject({ code: "NOT_FOUND" });
  const theirs = stranger.addIndex({ ...scope, ...proposal.index, resource: "Order" });
  await expect(theirs).rejects.toMatchObject({ code: "NOT_FOUND" });

  expect((await project.deploy()).state).toBe("live");
  // The new release has been slow at nothing yet.
  expect(await slowStatements(await project.environment())).toMatchObject({ statements: [] });
  await expect(explain()).rejects.toThrow(/was not slow/);
  const plan = await asEnvironmentOwner(environment.id, async (sql) => {
    await sql.unsafe("analyze orders");
    return await sql.unsafe(`explain ${statement?.sql.replace(/\$\d+/g, "null")}`);
  });
  expect(JSON.stringify(plan)).toMatch(/Index Scan.* on orders/);
});
