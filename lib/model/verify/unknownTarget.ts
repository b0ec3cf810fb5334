import { closest } from "../../expression/closest.ts";
import { resourceNameShape } from "../naming/nameShape.ts";
import { reservedType } from "../naming/reservedNames.ts";
import type { Rule } from "./Rule.ts";
import { problemAt } from "./Rule.ts";

/** Every relationship leads to a resource. */
export const unknownTarget: Rule = ({ resources }, places) => {
  const names = new Set(resources.map(({ name }) => name));
  return resources.flatMap(({ name: resource, relationships }) =>
    relationships
      .filter(({ target }) => target !== "" && !names.has(target))
      .map(({ name, target }) => {
        const meant = closest(target, names);
        const possible = resourceNameShape(target) === null && reservedType(target) === null;
        const hint = meant ? `Did you mean \`${meant}\`?` : "Add it or lead to another.";
        return problemAt(places, {
          code: "unknown_target",
          path: [resource, "relationships", name, "target"],
          message: `There is no resource \`${target}\`. ${hint}`,
          ...(possible && !meant
            ? { fix: { title: `Add the resource ${target}`, command: { type: "addResource", name: target } } }
            : {}),
        });
      }),
  );
};
