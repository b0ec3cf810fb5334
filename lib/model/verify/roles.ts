import { fieldNameShape } from "../naming/nameShape.ts";
import { reservedOption } from "../naming/reservedNames.ts";
import { nameHint } from "./nameHint.ts";
import type { Finding, Rule } from "./Rule.ts";
import { problemAt } from "./Rule.ts";

const maxRoles = 100;

/** Roles have names of their own, and the app's users are records of a resource that is there. */
export const roles: Rule = ({ app, resources }, places) => {
  const found: Finding[] = [];
  const seen = new Set<string>();
  for (const { name } of app.roles ?? []) {
    const path = ["app", "roles", name];
    const shape = fieldNameShape(name);
    const reserved = reservedOption(name);
    if (shape) found.push({ code: "name_shape", path, message: shape });
    else if (reserved)
      found.push({ code: "reserved_name", path, message: `\`${name}\` is ${reserved}. Choose another name.` });
    else if (seen.has(name))
      found.push({ code: "duplicate_name", path, message: `The role \`${name}\` is here twice. Remove one.` });
    seen.add(name);
  }
  if (seen.size > maxRoles) {
    found.push({
      code: "too_many",
      path: ["app", "roles"],
      message: `An app has at most ${maxRoles} roles. Remove some.`,
    });
  }
  const names = resources.map(({ name }) => name);
  if (app.users !== undefined && !names.includes(app.users)) {
    const hint = nameHint(app.users, names, "Name a resource.");
    found.push({
      code: "unknown_target",
      path: ["app", "users"],
      message: `There is no resource \`${app.users}\`. ${hint}`,
    });
  }
  return found.map((finding) => problemAt(places, finding));
};
