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
    const plural = [name, "plural"];
    const file = files.get(fileOf(name));
    const field = fields.get(one) ?? null;
    const path = paths.get(restPath(resource)) ?? fields.get(many);
    if (one === many) {
      const message = `One and many \`${name}\` are both called \`${one}\` in the API. Write another \`plural\`, such as \`${one}List\`.`;
      const command = { type: "setResource", resource: name, plural: `${one}List` } as const;
      findings.push({ code: "duplicate_name", path: plural, message, fix: { title: `Use ${one}List`, command } });
    } else if (file !== undefined || field !== null) {
      const message = `\`${name}\` is called \`${one}\` in the API, as \`${file ?? field}\` is. Rename one of them.`;
      findings.push({ code: "duplicate_name", path: [name], message });
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
