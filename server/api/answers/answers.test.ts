import { join } from "node:path";
import { expect, test } from "vitest";
import { routes } from "../routes.ts";
import { answerSchemas } from "./testing/answerSchemas.ts";

// `vitest run server/api/answers --update` writes it anew; the difference is a change of the API and reviewed as one.
test("what the document says of answers is what procedures answer", { timeout: 240_000 }, async () => {
  const schemas = answerSchemas(routes.map(({ procedure }) => procedure));
  await expect(`${JSON.stringify(schemas, null, 1)}\n`).toMatchFileSnapshot(join(import.meta.dirname, "answers.json"));
});
