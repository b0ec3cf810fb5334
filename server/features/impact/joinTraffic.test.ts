import { expect, test } from "vitest";
import type { ApiChange, ApiOperation } from "#lib/impact/api/ApiChange.ts";
import type { OperationTraffic } from "../telemetry/service.ts";
import { joinTraffic } from "./joinTraffic.ts";

const operation = (name: string, action: string, protocol: ApiOperation["protocol"] = "rest"): ApiOperation => {
  return { protocol, name, resource: "Deal", action };
};

const change: ApiChange = {
  kind: "fieldRemoved",
  severity: "breaking",
  resource: "Deal",
  action: null,
  field: "amount",
  operations: [
    operation("GET /rest/v1/deals", "read"),
    operation("GET /rest/v1/deals/{id}", "read"),
    operation("POST /rest/v1/deals", "create"),
  ],
  sentence: "Deal.amount is gone",
};

const called = (
  action: string,
  callers: OperationTraffic["callers"],
  protocol = "rest",
  resource = "Deal",
): OperationTraffic => ({
  protocol,
  resource,
  action,
  requests: callers.reduce((sum, { requests }) => sum + requests, 0),
  errors: 0,
  lastAt: new Date(0),
  callers,
});

const key = (name: string | null, requests: number) => ({ kind: "key", name, requests, errors: 0 }) as const;

test("calls of an operation count once though it has several forms, and keys once though they call several", () => {
  const traffic = [
    called("read", [key("shop", 1000), { kind: "user", name: null, requests: 200, errors: 0 }]),
    called("create", [key("shop", 3), key("erp", 1)]),
    called("destroy", [key("admin", 50)]),
    called("read", [key("graph", 7)], "graphql"),
    called("read", [key("other", 9)], "rest", "Company"),
  ];
  expect(joinTraffic([change], traffic)[0]?.traffic).toEqual({ requests: 1204, keys: 2, others: true });
});

test("what nobody called is told as none, and what was not measured as not known", () => {
  expect(joinTraffic([change], [])[0]?.traffic).toEqual({ requests: 0, keys: 0, others: false });
  expect(joinTraffic([change], null)[0]?.traffic).toBeNull();
  expect(joinTraffic([{ ...change, operations: [] }], [])[0]?.traffic).toBeNull();
});
