import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openApiDocument } from "#lib/codegen/openapi/openApiDocument.ts";
import { salesModel } from "#lib/compile/testing/salesModel.ts";
import { errorCodes } from "#lib/errors/codes.ts";
import { type ServedApp, servedApp } from "#tests/support/servedApp.ts";
import { docsAsset } from "./docsAsset.ts";

let app: ServedApp;

beforeAll(async () => {
  app = await servedApp(salesModel);
});
afterAll(() => app[Symbol.asyncDispose]());

const withoutKey = { headers: { authorization: "" } };

describe("the documentation page", () => {
  test.each([
    ["/docs", "text/html; charset=utf-8"],
    ["/docs/errors", "text/html; charset=utf-8"],
    ["/docs/docs.css", "text/css; charset=utf-8"],
    ["/docs/docs.js", "text/javascript; charset=utf-8"],
    ["/docs/dom.js", "text/javascript; charset=utf-8"],
    ["/docs/operation.js", "text/javascript; charset=utf-8"],
    ["/docs/schemas.js", "text/javascript; charset=utf-8"],
  ])("answers %s to everybody, tells nothing of the app, and lets nothing else run", async (path, contentType) => {
    const response = await app.fetch(path, withoutKey);
    expect(response.status).toBe(200);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      "content-type": contentType,
      "x-content-type-options": "nosniff",
      "content-security-policy": expect.stringMatching(
        /^default-src 'none'; script-src 'self'; .*base-uri 'none'; form-action 'none'; frame-ancestors 'none'$/,
      ),
    });
    const text = await response.text();
    expect(text).not.toMatch(/deal|company|companies|sales/i);
    // With a key it is the very same.
    const opened = await (await app.fetch(path)).text();
    expect(digest(opened)).toBe(digest(text));
  });

  test("holds only what its own policy allows: no inline scripts or styles, nothing from elsewhere", async () => {
    for (const path of ["/docs", "/docs/errors"]) {
      const html = await (await app.fetch(path, withoutKey)).text();
      expect(html).not.toMatch(/<script(?![^>]*\ssrc=)|<style|\son\w+=|\sstyle=|javascript:|https?:\/\//i);
      // Whatever it refers to is there.
      for (const [, file = ""] of html.matchAll(/(?:src|href)="([^"#]+)"/g)) {
        const response = await fetch(new URL(file, app.url + path));
        expect([file, response.status]).toEqual([file, file === "openapi.json" ? 401 : 200]);
      }
    }
  });

  test("never takes what it shows for markup", () => {
    for (const file of ["docs.js", "dom.js", "operation.js", "schemas.js"]) {
      const script = String(docsAsset(`/docs/${file}`)?.body);
      expect(script.length).toBeGreaterThan(100);
      expect(script).not.toMatch(/innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|new Function/);
    }
  });

  test.each(["/docs/other", "/docs/../package.json", "/docs/%2e%2e/docsRoute.ts", "/docs/docs.js/x", "/docs//"])(
    "has nothing at %s",
    async (path) => {
      const response = await app.fetch(path, withoutKey);
      expect([404, 401]).toContain(response.status);
      expect(response.headers.get("content-type")).toBe("application/problem+json");
      await response.body?.cancel();
    },
  );

  test("lists every code of errors, which is where problem documents lead", async () => {
    const html = await (await app.fetch("/docs/errors", withoutKey)).text();
    for (const [code, { status, title }] of Object.entries(errorCodes)) {
      expect(html).toContain(`<tr id="${code}"><td><code>${code}</code></td><td>${status}</td><td>${title}.</td>`);
    }
    const problem = (await (await app.fetch("/rest/v1/nothing")).json()) as { readonly type: string };
    const address = new URL(problem.type, app.url);
    expect(html).toContain(`id="${address.hash.slice(1)}"`);
    expect((await fetch(address)).status).toBe(200);
  });
});

describe("openapi.json", () => {
  test("is the document of the model, its address and its release", async () => {
    const response = await app.fetch("/openapi.json");
    expect([response.status, response.headers.get("content-type")]).toEqual([200, "application/json; charset=utf-8"]);
    const expected = openApiDocument(salesModel, { url: app.url, release: 1 });
    expect(await response.json()).toEqual(JSON.parse(JSON.stringify(expected)));
  });

  test.each(["", "Bearer gk_wrong"])("needs a key, and %j is none", async (authorization) => {
    const response = await app.fetch("/openapi.json", { headers: { authorization } });
    expect(response.status).toBe(401);
    expect(await response.text()).not.toContain("deals");
  });

  test("describes paths that are there, and all of them", async () => {
    const { paths } = openApiDocument(salesModel, { url: app.url, release: 1 });
    // Of each of the four resources the list, one record and the summary, and what ten relationships lead to.
    expect(Object.keys(paths)).toHaveLength(4 * 3 + 10);
    for (const path of Object.keys(paths)) {
      const response = await app.fetch(path.replace("{id}", "00000000-0000-4000-8000-000000000000"));
      const body = (await response.json()) as Record<string, unknown>;
      if (path.includes("{")) {
        const found = [path, body.code ?? "listed", body.detail ?? "There is no record with this key."];
        const missing = expect.stringMatching(/^There is no \w+ with this key\.$/);
        expect(found).toEqual([path, expect.stringMatching(/^(listed|not_found)$/), missing]);
      } else expect([path, Object.keys(body)[0]]).toEqual([path, "data"]);
    }
  });
});

const digest = (text: string) => createHash("sha256").update(text).digest("hex");
