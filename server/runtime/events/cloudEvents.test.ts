import { Ajv2020 } from "ajv/dist/2020.js";
import formats from "ajv-formats";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openApiDocument } from "#lib/codegen/openapi/openApiDocument.ts";
import { DocumentSchemas } from "#lib/codegen/openapi/testing/DocumentSchemas.ts";
import { type CloudEvent, cloudEventOf } from "./cloudEventOf.ts";
import { emitEvent } from "./tellEvents.ts";
import { cloudEventsSchema } from "./testing/cloudEventsSchema.ts";
import { dispatchAll } from "./testing/dispatchAll.ts";
import { type EventApp, eventApp } from "./testing/eventApp.ts";
import { eventModel } from "./testing/eventModel.ts";
import { recording } from "./testing/recording.ts";

const model = eventModel([
  {
    name: "escalate",
    steps: [
      {
        kind: "emit",
        name: "tell",
        type: "deal.escalated",
        data: [{ name: "level", type: { kind: "integer" }, expression: "1" }],
      },
    ],
  },
]);

let app: EventApp;
let events: readonly CloudEvent[];
beforeAll(async () => {
  app = await eventApp(model);
  await app.sql`insert into deals (name, amount, stage, margin, code, site) values
    ('Ship', 10, 'closed', 'secret margin', 'secret code', '{"city": "Bonn", "door": "secret door"}')`;
  await app.sql`update deals set name = 'Boat', margin = 'secret too'`;
  await app.sql`update deals set gone = now()`;
  await app.environment.database.own((sql) =>
    emitEvent(sql, { type: "deal.escalated", data: { level: 2 }, cause: { run: "r1", depth: 1 } }),
  );
  const { consumer, taken } = recording("one");
  await dispatchAll(app.environment, [consumer]);
  events = taken.map((event) => cloudEventOf(event, "shop"));
});
afterAll(() => app[Symbol.asyncDispose]());

test("each is a CloudEvent of 1.0", () => {
  const ajv = new Ajv2020({ strict: false });
  formats.default(ajv);
  const validate = ajv.compile(cloudEventsSchema);
  for (const event of events) expect([event.type, validate(event), validate.errors]).toEqual([event.type, true, null]);
});

test("each is what the app's document says of its type, and all types are there", () => {
  const document = openApiDocument(model, { url: "https://shop.example.com", release: 1 });
  const schemas = new DocumentSchemas(document);
  const types = ["deal.created", "deal.updated", "deal.destroyed", "deal.escalated"];
  expect(Object.keys(document.webhooks ?? {})).toEqual(types);
  for (const event of events) {
    const content = document.webhooks?.[event.type]?.post?.requestBody?.content["application/cloudevents+json"];
    expect([event.type, schemas.mismatch(content?.schema ?? {}, event)]).toEqual([event.type, null]);
  }
});

test("they say what changed and from what, and nothing that is sensitive or encrypted", () => {
  const [, updated, destroyed, told] = events;
  expect(updated).toMatchObject({
    source: "/apps/shop",
    type: "deal.updated",
    subject: "Deal/1",
    data: {
      record: { title: "Boat", stage: "won", site: { city: "Bonn" } },
      previous: { title: "Ship" },
      changed: ["title", "margin"],
      actor: null,
    },
  });
  expect(destroyed?.data).toMatchObject({ record: null, previous: { title: "Boat" }, changed: [] });
  expect(told).toMatchObject({ subject: "runs/r1", data: { level: 2 } });
  expect(JSON.stringify(events)).not.toContain("secret");
});
