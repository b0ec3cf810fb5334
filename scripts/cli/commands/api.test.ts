import { execFile } from "node:child_process";
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { handleApi } from "#server/api/handleApi.ts";
import type { TestControlPlane } from "#tests/support/controlPlane.ts";
import { testControlPlane } from "#tests/support/controlPlane.ts";
import { root } from "../../root.ts";

let plane: TestControlPlane;
let server: Server;
let environment: NodeJS.ProcessEnv;
let organisation: string;
beforeAll(async () => {
  plane = await testControlPlane();
  const ada = await plane.person("Ada");
  organisation = ada.organisation;
  const { token } = await plane.caller(ada.user).tokens.create({ name: "Terminal" });
  server = createServer(async (request, response) => {
    const { method = "GET", url = "/", headers } = request;
    const body = await text(request);
    const given = { method, headers: headers as Record<string, string>, ...(body !== "" && { body }) };
    const answer = await handleApi(new Request(`http://${headers.host}${url}`, given));
    response.writeHead(answer.status, Object.fromEntries(answer.headers)).end(await answer.text());
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("A TCP server has a port.");
  const url = `http://127.0.0.1:${address.port}`;
  const { PATH = "" } = process.env;
  environment = { NODE_ENV: "production", PATH, HOME: "/nonexistent", GANTRY_URL: url, GANTRY_TOKEN: token };
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await plane[Symbol.asyncDispose]();
});

/** Runs the program outside of any clone. */
async function gantry(...parameters: string[]) {
  const command = [join(root, "scripts/gantry.mjs"), "api", ...parameters];
  const run = promisify(execFile)(process.execPath, command, { env: environment, cwd: tmpdir() });
  return await run.then(
    ({ stdout }) => ({ code: 0, stdout, stderr: "" }),
    (error: { code: number; stdout: string; stderr: string }) => error,
  );
}

test("the management API is asked as whoever is signed in", async () => {
  const body = JSON.stringify({ name: "Notes", from: { kind: "blank" } });
  const path = "/organisations/{organisation}/projects";
  const inOrganisation = ["--project", `${organisation}/notes`];
  for (let time = 0; time < 2; time++) {
    const made = await gantry("post", path, "--data", body, "--key", "once", ...inOrganisation);
    expect(JSON.parse(made.stdout)).toEqual({ slug: "notes", name: "Notes", state: "ready" });
  }
  const commits = `${path}/{project}/branches/main/commits?limit=1`;
  const pages = await gantry("GET", commits, "--all", ...inOrganisation);
  expect(pages.stdout).toContain('"data": []');
});

test("what is refused ends it with the sentence and the code for scripts", async () => {
  const wrong = await gantry("POST", `organisations/${organisation}/projects`, "-d", '{"colour":1}');
  expect(wrong).toMatchObject({ code: 1, stdout: "" });
  expect(wrong.stderr).toContain("colour: This operation does not know it.");
  expect((await gantry("GET", "/organisations/{organisation}")).code).toBe(2);
});
