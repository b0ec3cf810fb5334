import { describe, expect, it } from "vitest";
import { placeHref, readPlace } from "./place.ts";

describe("place", () => {
  it("is main and production where the address says nothing, or nothing of worth", () => {
    expect(readPlace(new URLSearchParams(""))).toEqual({ branch: "main", environment: "production" });
    expect(readPlace(new URLSearchParams("branch=&environment="))).toEqual({
      branch: "main",
      environment: "production",
    });
  });

  it("comes back from its address, whatever characters the names have", () => {
    const place = { branch: "feature/a&b=ü #1", environment: "staging" };
    const href = placeHref("/o/p/model", place);
    expect(readPlace(new URL(href, "http://x").searchParams)).toEqual(place);
  });

  it("leaves the defaults out and the rest of the query in", () => {
    const query = "branch=old&from=a&into=b";
    expect(placeHref("/o/p/ship", { branch: "main", environment: "production" }, query)).toBe(
      "/o/p/ship?from=a&into=b",
    );
    expect(placeHref("/o/p/ship", { branch: "main", environment: "production" })).toBe("/o/p/ship");
  });
});
