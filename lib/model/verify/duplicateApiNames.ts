import { graphqlName } from "../api/operations.ts";
import { fileOf } from "../naming/fileOf.ts";
import { queryFields } from "../naming/graphqlNames.ts";
import { restPath } from "../naming/restPath.ts";
import type { Finding, Rule } from "./Rule.ts";
import { problemAt } from "./Rule.ts";

/** Every resource has its own REST path, its own GraphQL fields and its own file. */
export const duplicateApiNames: Rule = ({ resources }, places) => {
  const paths = new Map<string, string>();
  const fields = new Map<string, string>();
  const files = new Map<string, string>();
  const findings: Finding[] = [];
  for (const resource of resources) {
    const { name } = resource;
    const { one, many } = queryFields(resource);
    const isNamed = graphqlName(resource, "read") !== undefined;
    const plural = isNamed ? [name, "api", "operations", "read", "graphql"] : [name, "plural"];
    const file = files.get(fileOf(name));
    const field = fields.get(one) ?? null;
    const samePath = paths.get(restPath(resource));
    const path = samePath ?? fields.get(many);
    if (one === many && isNamed) {
      const message = `One and many \`${name}\` are both called \`${one}\` in GraphQL. Choose another name.`;
      findings.push({ code: "duplicate_name", path: plural, message });
    } else if (one === many) {
      const message = `One and many \`${name}\` are both called \`${one}\` in the API. Write another \`plural\`, such as \`${one}List\`.`;
      const command = { type: "setResource", resource: name, plural: `${one}List` } as const;
      findings.push({ code: "duplicate_name", path: plural, message, fix: { title: `Use ${one}List`, command } });
    } else if (file !== undefined || field !== null) {
      const message = `\`${name}\` is called \`${one}\` in the API, as \`${file ?? field}\` is. Rename one of them.`;
      findings.push({ code: "duplicate_name", path: [name], message });
    } else if (samePath !== undefined && resource.api?.path !== undefined) {
      const message = `\`${samePath}\` has the path \`${restPath(resource)}\` already. Choose another path.`;
      findings.push({ code: "duplicate_name", path: [name, "api", "path"], message });
    } else if (path !== undefined && isNamed) {
      const message = `Many \`${name}\` are called \`${many}\` in GraphQL, as \`${path}\` is. Choose another name.`;
      findings.push({ code: "duplicate_name", path: plural, message });
    } else if (path !== undefined) {
      const message = `Many \`${name}\` are called \`${many}\` in the API, as \`${path}\` is. Write another \`plural\`.`;
      findings.push({ code: "duplicate_name", path: plural, message });
    }
    for (const [map, key] of [
      [files, fileOf(name)],
      [fields, one],
      [fields, many],
      [paths, restPath(resource)],
    ] as const) {
      if (!map.has(key)) map.set(key, name);
    }
  }
  return findings.map((finding) => problemAt(places, finding));
};
