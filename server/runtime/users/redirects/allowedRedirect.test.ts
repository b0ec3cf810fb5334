import { describe, expect, test } from "vitest";
import { isAppError } from "#tests/support/isAppError.ts";
import { allowedRedirect, withQuery } from "./allowedRedirect.ts";

const allowed = [
  "https://shop.example/signed-in",
  "https://shop.example/app/",
  "https://other.example/",
  "http://localhost:5173/",
  "com.example.shop:/signed-in",
  "javascript:alert(1)//",
  "not a url/",
];

describe("somebody is sent", () => {
  test.each([
    "https://shop.example/signed-in",
    "https://SHOP.example:443/signed-in",
    "https://shop.example/app/",
    "https://shop.example/app/deals?stage=won",
    "https://shop.example/app/x/../y",
    "https://other.example",
    "http://localhost:5173/anything",
    "com.example.shop:/signed-in",
  ])("to %s", (text) => {
    expect(allowedRedirect(text, allowed).href).toBe(new URL(text).href);
  });
});

describe("nobody is sent", () => {
  test.each([
    "",
    "/app/",
    "//shop.example/app/",
    "https://shop.example/",
    "https://shop.example/signed-in/more",
    "https://shop.example/signed-in?next=https://evil.example",
    "https://shop.example/signed-in#token",
    "https://shop.example/application",
    "https://shop.example/app/../admin",
    "https://shop.example/app/%2e%2e/admin",
    "https://shop.example/app/..%2fadmin",
    "https://shop.example/app/..%5cadmin",
    "https://shop.example\\@evil.example/app/",
    "https://shop.example.evil.example/app/",
    "https://shop.example@evil.example/app/",
    "https://user:secret@shop.example/app/",
    "https://evil.example/https://shop.example/app/",
    "http://shop.example/app/",
    "https://shop.example:8443/app/",
    "http://localhost:5174/",
    "http://localhost:5173@evil.example/",
    "https://оther.example/",
    "javascript:alert(1)//",
    "javascript:alert(1)//x",
    "data:text/html,x",
    "com.example.shop:/other",
    "https://shop.example/app/\u0000",
    `https://shop.example/app/${"x".repeat(2000)}`,
  ])("to %s", (text) => {
    // What a parser drops by the standard is the same address for whoever is sent there.
    const kept = text.includes("\u0000") ? `${text}/../../admin` : text;
    expect(() => allowedRedirect(kept, allowed)).toThrow(expect.toSatisfy(isAppError("invalid_input")));
  });

  test("anywhere while the app names no address", () => {
    expect(() => allowedRedirect("https://shop.example/app/", [])).toThrow();
  });
});

test("what is added to an address replaces what stands there", () => {
  expect(withQuery(new URL("https://shop.example/app/?code=theirs&stage=won"), { code: "a b" })).toBe(
    "https://shop.example/app/?code=a+b&stage=won",
  );
});
