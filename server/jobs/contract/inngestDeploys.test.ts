import { describe, expect, test } from "vitest";
import type { Sources } from "#lib/model/sources.ts";
import { startAdminServer } from "#server/deploy/testing/startAdminServer.ts";
import { startStage } from "../../features/deployments/testing/startStage.ts";

/* Our own functions on a real Inngest server, where one is named as for inngestServer.test.ts. */
const { INNGEST_TEST_URL: url, INNGEST_TEST_EVENT_KEY = "", INNGEST_TEST_SIGNING_KEY = "" } = process.env;

const notes = (attributes: string): Sources => ({
  "gantry.config.ts": `import { app } from "gantry";\nexport default app({ name: "Notes" });\n`,
  "domain/note.ts": `import { resource, text } from "gantry";\nexport default resource("Note", { attributes: { ${attributes} } });\n`,
});

describe.runIf(url)("the jobs on an Inngest server", () => {
  test("deploys of one environment take their turns and come to their end", { timeout: 240_000 }, async () => {
    const server = { url: url ?? "", eventKey: INNGEST_TEST_EVENT_KEY, signingKey: INNGEST_TEST_SIGNING_KEY };
    await using stage = await startStage(await startAdminServer(), server);
    const project = await stage.project(notes("title: text()"));
    const first = await project.request();
    await project.commit(notes("title: text(), body: text()"));
    const second = await project.request();
    const [one, other] = [
      await stage.ended(project.environmentId, first),
      await stage.ended(project.environmentId, second),
    ];
    expect([one.failure, other.failure, other.state]).toEqual([null, null, "live"]);
    expect(one.finishedAt?.getTime()).toBeLessThanOrEqual(other.steps[0]?.startedAt?.getTime() ?? 0);
  });
});
