import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import type { TestControlPlane } from "#tests/support/controlPlane.ts";
import { testControlPlane } from "#tests/support/controlPlane.ts";
import { handleCspReport } from "./cspReports.ts";
import { allowances } from "./limits.ts";

let plane: TestControlPlane;
beforeAll(async () => {
  plane = await testControlPlane();
});
afterAll(() => plane[Symbol.asyncDispose]());
afterEach(() => {
  vi.restoreAllMocks();
});

const send = (body: string) =>
  handleCspReport(new Request("http://localhost/api/csp-reports", { method: "POST", body }));

function watchLog(): () => Record<string, unknown>[] {
  const write = vi.spyOn(process.stderr, "write").mockReturnValue(true);
  return () => write.mock.calls.map(([line]) => JSON.parse(String(line)) as Record<string, unknown>);
}

test("both ways of telling become the same line, without what stood in queries", async () => {
  const lines = watchLog();
  const documentURL = "https://gantry.example.com/reset?token=secret#part";
  const body = {
    documentURL,
    blockedURL: "https://evil.example/x.js?y",
    effectiveDirective: "script-src",
    lineNumber: 3,
  };
  const older = {
    "document-uri": documentURL,
    "blocked-uri": body.blockedURL,
    "violated-directive": "script-src",
    "line-number": 3,
  };
  expect((await send(JSON.stringify([{ type: "csp-violation", body }]))).status).toBe(204);
  expect((await send(JSON.stringify({ "csp-report": older }))).status).toBe(204);
  const told = lines().map(({ time: _, ...rest }) => rest);
  expect(told).toHaveLength(2);
  expect(told[0]).toEqual(told[1]);
  expect(told[0]).toMatchObject({ level: "warn", page: "https://gantry.example.com/reset", directive: "script-src" });
  expect(JSON.stringify(told)).not.toContain("secret");
});

test("what is no report is taken and forgotten; what is too large is refused", async () => {
  const lines = watchLog();
  for (const body of ["", "no", "null", "[]", "[null]", "{}", '{"csp-report":7}', '[{"body":{"documentURL":{}}}]'])
    expect((await send(body)).status).toBe(204);
  expect((await send("x".repeat(20_000))).status).toBe(413);
  expect(lines()).toEqual([]);
});

test("of one report and of one sender only so much is written", async () => {
  const lines = watchLog();
  const long = JSON.stringify(Array.from({ length: 40 }, () => ({ body: { documentURL: "x".repeat(300) } })));
  expect((await send(long)).status).toBe(204);
  expect(lines()).toHaveLength(10);
  expect(String(lines()[0]?.page)).toHaveLength(200);
  let last = 204;
  for (let at = 0; at <= allowances["csp-report:address"].limit && last === 204; at += 1)
    last = (await send("{}")).status;
  expect(last).toBe(429);
});
