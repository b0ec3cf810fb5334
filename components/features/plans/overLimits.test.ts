import { expect, test } from "vitest";
import { overLimits } from "./overLimits.ts";

test("names what would be over the limits of a plan, and what follows", () => {
  const used = { projects: 5, members: 3, requestsPerMonth: 600_000 };
  expect(overLimits(used, "free")).toEqual([
    "Projects: 5 of 3; the newest can be read, not changed or deployed.",
    "Requests to apps per month: 600,000 of 500,000; apps answer reads alone once it is used up.",
  ]);
  expect(overLimits(used, "team")).toEqual([]);
  expect(overLimits({ projects: 1_000_000 }, "enterprise")).toEqual([]);
});
