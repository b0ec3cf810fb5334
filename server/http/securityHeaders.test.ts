import { expect, test } from "vitest";
import { appsSource } from "./securityHeaders.ts";

test.each([
  ["http://{app}.localhost:4000", "http://*.localhost:4000"],
  ["https://{app}.apps.example.com/", "https://*.apps.example.com"],
  ["https://app-{app}.example.com", "https://*.example.com"],
  ["http://127.0.0.1:4000/apps/{app}", "http://127.0.0.1:4000"],
])("the apps at %s are reached as %s", (template, source) => {
  expect(appsSource(template)).toBe(source);
});
