import { expect, test } from "vitest";
import { attribute, resource } from "#lib/compile/testing/modelParts.ts";
import { servedApp } from "#tests/support/servedApp.ts";

test("a key is each caller's own, and nobody is shown by one role what another was shown", async () => {
  await using app = await servedApp({
    app: { name: "Notes", roles: [{ name: "writer" }, { name: "reader" }] },
    resources: [
      resource("Note", {
        plural: "notes",
        attributes: [attribute("text", { type: { kind: "text" } })],
        policies: [{ effect: "allow", actions: ["*"], expression: "size(actor.roles) > 0" }],
      }),
    ],
  });
  const send = async (actor: object, text = "same") => {
    const response = await app.fetch("/rest/v1/notes", {
      method: "POST",
      headers: {
        "content-type": "application/json",
        "idempotency-key": '"one"',
        "gantry-act-as": JSON.stringify({ kind: "apiKey", roles: ["writer"], ...actor }),
      },
      body: JSON.stringify({ text }),
    });
    const body = await response.json();
    return {
      status: response.status,
      id: body.id,
      code: body.code,
      replayed: response.headers.has("idempotency-replayed"),
    };
  };
  const first = await send({ id: "1" });
  const other = await send({ id: "2" });
  const nameless = await send({});
  expect([first.status, other.status, nameless.status]).toEqual([201, 201, 201]);
  expect(new Set([first.id, other.id, nameless.id]).size).toBe(3);
  expect([first.replayed, other.replayed, nameless.replayed]).toEqual([false, false, false]);
  expect(await send({ id: "1" })).toEqual({ ...first, replayed: true });
  expect(await send({})).toEqual({ ...nameless, replayed: true });
  expect((await send({ id: "1", roles: ["reader"] })).code).toBe("idempotency_key_reused");
  expect((await send({ id: "1" }, "other")).code).toBe("idempotency_key_reused");
  expect((await send({ id: "1", roles: [] })).code).toBe("forbidden");
  expect((await app.sql`select from notes`).length).toBe(3);
});
