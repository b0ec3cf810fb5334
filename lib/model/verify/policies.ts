import { actionsOf } from "../actions/actionsOf.ts";
import { resourceTypes } from "../expressions/resourceTypes.ts";
import { actionNames } from "../read/readActions.ts";
import type { Model, Resource } from "../types.ts";
import { nameHint } from "./nameHint.ts";
import type { Finding, Rule } from "./Rule.ts";
import { problemAt } from "./Rule.ts";

/** Policies name actions and fields that are there. What they say is checked with all expressions. */
export const policies: Rule = (draft, places) =>
  draft.resources
    .flatMap((resource) => [...actionFindings(resource), ...fieldFindings(draft, resource)])
    .map((finding) => problemAt(places, finding));

function actionFindings(resource: Resource): readonly Finding[] {
  const names = [...new Set(["*", ...actionNames, ...actionsOf(resource).map(({ name }) => name)])];
  return (resource.policies ?? []).flatMap(({ actions }, index) =>
    actions.flatMap((name, at) => {
      const path = [resource.name, "policies", String(index), "actions", String(at)];
      if (actions.indexOf(name) < at)
        return [{ code: "duplicate_name", path, message: `\`${name}\` is here twice. Remove one.` }];
      if (names.includes(name)) return [];
      const message = `\`${resource.name}\` has no action \`${name}\`. ${nameHint(name, names, "Name one of its actions.")}`;
      return [{ code: "unknown_action", path, message }];
    }),
  );
}

function fieldFindings(model: Model, resource: Resource): readonly Finding[] {
  if (!resource.fieldPolicies) return [];
  const members = resourceTypes(model).of(resource.name)?.members;
  const computed = [...(resource.calculations ?? []), ...(resource.aggregates ?? [])].map(({ name }) => name);
  const names = [...(members?.keys() ?? [])].filter((name) => name !== "id");
  return resource.fieldPolicies.flatMap((policy, index) =>
    policy.fields.flatMap((name, at) => {
      const path = [resource.name, "fieldPolicies", String(index), "fields", String(at)];
      if (name === "id") {
        return [{ code: "key_policy", path, message: "Whoever may read a record may read its key. Take `id` out." }];
      }
      if (policy.write !== undefined && computed.includes(name)) {
        const message = `\`${name}\` is worked out, so nobody writes it. Leave \`write\` out for it.`;
        return [{ code: "computed_write", path, message }];
      }
      if (names.includes(name)) return [];
      const message = `\`${resource.name}\` has no field \`${name}\`. ${nameHint(name, names, "Name one of its fields.")}`;
      return [{ code: "unknown_field", path, message }];
    }),
  );
}
