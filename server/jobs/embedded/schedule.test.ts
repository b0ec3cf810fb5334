import { expect, test } from "vitest";
import { Journal } from "../contract/Journal.ts";
import { startTestApplication, testClient } from "../contract/TestApplication.ts";
import { startEmbedded } from "../testing/startEmbedded.ts";

test("a tick that is due starts its function once, also when it was due while no driver ran", async () => {
  const journal = new Journal();
  const client = testClient(() => "http://127.0.0.1:1");
  const work = client.createFunction({ id: "tick", triggers: { cron: "0 0 1 1 *" } }, ({ event }) => {
    journal.add(`${event.name} ${JSON.stringify(event.data)}`);
  });
  await using application = await startTestApplication(client, [work]);
  await using driver = await startEmbedded(application.url);
  await driver.sync;
  await driver.sql`update job_crons set next_at = now() - interval '3 years'`;
  await driver.sql.notify("gantry_jobs", "");
  await journal.until('inngest/scheduled.timer {"cron":"0 0 1 1 *"}');
  const [planned] = await driver.sql`select next_at > now() as later from job_crons`;
  expect(planned).toEqual({ later: true });
  expect(await driver.sql`select function_id from job_runs`).toHaveLength(1);
});
