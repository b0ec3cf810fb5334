import { expect, test } from "vitest";
import { attribute, resource } from "#lib/compile/testing/modelParts.ts";
import { servedApp } from "#tests/support/servedApp.ts";

test("the answer that is kept holds encrypted values sealed; the one that is given again, open", async () => {
  const name = attribute("name", { type: { kind: "text" } });
  const diagnosis = attribute("diagnosis", { type: { kind: "encrypted" } });
  await using app = await servedApp({
    app: { name: "Patients" },
    resources: [resource("Patient", { plural: "patients", attributes: [name, diagnosis] })],
  });
  const send = async () => {
    const response = await app.fetch("/rest/v1/patients", {
      method: "POST",
      headers: { "content-type": "application/json", "idempotency-key": '"one"' },
      body: JSON.stringify({ name: "Ada", diagnosis: "secret flu" }),
    });
    return { body: await response.json(), replayed: response.headers.get("idempotency-replayed") };
  };
  const [first, second] = [await send(), await send()];
  expect([first.replayed, second.replayed]).toEqual([null, "true"]);
  expect(second.body).toEqual(first.body);
  expect(second.body).toMatchObject({ name: "Ada", diagnosis: "secret flu" });
  const [kept] = await app.sql<{ row: string }[]>`select gantry_once::text as row from gantry_once`;
  expect(kept?.row).toContain("Ada");
  expect(kept?.row).toContain("v1.test.");
  expect(kept?.row).not.toContain("flu");
});
