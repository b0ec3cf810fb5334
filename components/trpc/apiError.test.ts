import { TRPCClientError } from "@trpc/client";
import { expect, test } from "vitest";
import { apiError, fieldMessage } from "./apiError.ts";

function refused(data: unknown) {
  return new TRPCClientError("Some values are not acceptable.", {
    result: { error: { message: "Some values are not acceptable.", code: -32600, data } },
  });
}

test("a refused form keeps code, sentence and fields", () => {
  const error = apiError(
    refused({ code: "invalid_input", fields: [{ field: "name", rule: "required", message: "Fill this in." }] }),
  );
  expect(error.code).toBe("invalid_input");
  expect(error.message).toBe("Some values are not acceptable.");
  expect(fieldMessage(error, "name")).toBe("Fill this in.");
  expect(fieldMessage(error, "email")).toBeUndefined();
});

test("no answer at all is named as such", () => {
  expect(apiError(TRPCClientError.from(new TypeError("fetch failed"))).code).toBe("offline");
});

test("an unknown code and a foreign error are ours", () => {
  expect(apiError(refused({ code: "NONSENSE" })).code).toBe("internal");
  expect(apiError(new Error("secret")).message).not.toContain("secret");
});
