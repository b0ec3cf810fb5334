import { mentionsBetween } from "../../model/rename/mentionsBetween.ts";
import { renameMentions } from "../../model/rename/renameMentions.ts";
import type { Model, Policy, Resource } from "../../model/types.ts";
import { isBroken } from "../../plan/access/matrix/draftRules.ts";
import { sameReading } from "./sameReading.ts";

export interface ComparedPolicies {
  /** By the names of before: the policies of after, in the names of before. */
  readonly resources: readonly { readonly resource: string; readonly policies: readonly Policy[] }[];
  /** Why others cannot be tried on the records as they are, in sentences. */
  readonly skipped: readonly string[];
}

/** The policies of reading that differ, so that those of after can be tried on the database of before. */
export function comparedPolicies(before: Model, after: Model): ComparedPolicies {
  const followed = new Map(
    renameMentions(after, mentionsBetween(after, before)).resources.map((resource) => [resource.table, resource]),
  );
  // A role that only the later policies know is one that they may name.
  const roles = [...(before.app.roles ?? []), ...(after.app.roles ?? [])];
  const known: Model = { ...before, app: { ...before.app, roles } };
  const skipped: string[] = [];
  const resources = before.resources.flatMap((resource) => {
    const now = followed.get(resource.table);
    if (!now || !resource.actions.includes("read") || sameReading(resource, now)) return [];
    const policies = (now.policies ?? []).filter(({ actions }) => speaksOfReading(actions));
    const reason = whyNot(known, resource, { ...now, policies });
    if (reason !== null) {
      skipped.push(`${resource.name}: ${reason}.`);
      return [];
    }
    return [{ resource: resource.name, policies }];
  });
  return { resources, skipped };
}

const speaksOfReading = (actions: readonly string[]) => actions.includes("*") || actions.includes("read");

function whyNot(model: Model, resource: Resource, now: Resource): string | null {
  if (resource.features?.tenant !== now.features?.tenant) return "its customers are told apart in another way";
  if (resource.features?.tenant !== undefined) return "its records are kept apart by customer, and roles have none";
  const tried = { ...resource, policies: now.policies ?? [], fieldPolicies: [] };
  const resources = model.resources.map((one) => (one === resource ? tried : one));
  if (isBroken({ ...model, resources }, resource.name)) {
    return "its policies speak of what the database does not have yet";
  }
  return null;
}
