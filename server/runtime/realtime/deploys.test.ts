import { randomBytes } from "node:crypto";
import postgres from "postgres";
import { expect, test } from "vitest";
import type { Model } from "#lib/model/types.ts";
import { applyModelTo } from "#server/features/environments/applyModelTo.ts";
import { testDatabase } from "#tests/support/postgres.ts";
import { aSpec, testKey, testRuntime } from "../host/testing/testRuntime.ts";
import { EventReader } from "./testing/EventReader.ts";
import { feedModel } from "./testing/feedModel.ts";

const withFeed: Model = {
  ...feedModel,
  resources: feedModel.resources.map((resource) => ({
    ...resource,
    attributes: resource.attributes.filter(({ type }) => type.kind !== "encrypted"),
  })),
};
const without: Model = {
  ...withFeed,
  resources: withFeed.resources.map(({ features: { changeFeed: _, ...features } = {}, ...resource }) => ({
    ...resource,
    ...(Object.keys(features).length > 0 && { features }),
  })),
};

test("a feed is switched on and off while the app is in use, by a role that owns nothing", async () => {
  await using database = await testDatabase();
  await using runtime = await testRuntime();
  const owner = postgres(database.url, { max: 1, onnotice: () => {} });
  await applyModelTo(database.url, without);
  await owner`insert into deals (no, title) values (1, 'before')`;

  // As an environment's role is made.
  const role = `app_${randomBytes(6).toString("hex")}`;
  for (const statement of [
    `CREATE ROLE ${role} LOGIN PASSWORD 'secret'`,
    "REVOKE ALL ON SCHEMA public FROM PUBLIC",
    `GRANT USAGE ON SCHEMA public TO ${role}`,
    `GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO ${role}`,
    `ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO ${role}`,
    `ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE ON SEQUENCES TO ${role}`,
  ]) {
    await owner.unsafe(statement);
  }
  const url = new URL(database.url);
  url.username = role;
  url.password = "secret";
  const serve = (model: Model, release: number) => runtime.put(aSpec(model, { databaseUrl: url.href, release }));
  const listen = () =>
    EventReader.listen(runtime.url(), { path: "/events?resources=deals", headers: { "x-api-key": testKey } });
  const rename = async (title: string) => {
    const response = await fetch(`${runtime.url()}/rest/v1/deals/1`, {
      method: "PATCH",
      headers: { "x-api-key": testKey, "content-type": "application/json" },
      body: JSON.stringify({ title }),
    });
    return response.status;
  };

  await serve(without, 1);
  expect((await listen()).status).toBe(400);
  await applyModelTo(database.url, withFeed);
  expect((await applyModelTo(database.url, withFeed)).steps).toEqual([]);
  // The release before goes on, and knows nothing of it.
  expect(await rename("between")).toBe(200);
  await serve(withFeed, 2);
  const reader = await listen();
  expect(await rename("after")).toBe(200);
  expect((await reader.next()).data).toMatchObject({ kind: "updated", record: { title: "after" } });

  await serve(without, 3);
  await reader.ended();
  await applyModelTo(database.url, without);
  expect((await applyModelTo(database.url, without)).steps).toEqual([]);
  expect(await rename("later")).toBe(200);
  // And on again, with what was kept.
  await applyModelTo(database.url, withFeed);
  await serve(withFeed, 4);
  const again = await listen();
  expect(await rename("last")).toBe(200);
  expect((await again.next()).data).toMatchObject({ kind: "updated", record: { title: "last" } });
  again.close();
  await owner.end();
}, 60_000);
