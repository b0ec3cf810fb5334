import type { Resource } from "../types.ts";
import type { Finding, Rule } from "./Rule.ts";
import { problemAt } from "./Rule.ts";

/** A rule that looks at one resource at a time; a resource that did not change since is not looked at again. */
export function eachResource(check: (resource: Resource) => readonly Finding[]): Rule {
  const known = new WeakMap<Resource, readonly Finding[]>();
  return ({ resources }, places) =>
    resources.flatMap((resource) => {
      let findings = known.get(resource);
      if (!findings) {
        findings = check(resource);
        known.set(resource, findings);
      }
      return findings.map((finding) => problemAt(places, finding));
    });
}
