import { queryFields } from "#lib/model/naming/graphqlNames.ts";
import { restPath } from "#lib/model/naming/restPath.ts";
import type { Resource } from "#lib/model/types.ts";

interface Example {
  readonly title: string;
  readonly code: string;
}

/** Requests to one resource for the shell; `$KEY` holds the API key. */
export function examplesFor(resource: Resource, url: string): Example[] {
  if (!resource.actions.includes("read")) return [];
  const fields = ["id", ...resource.attributes.slice(0, 3).map(({ name }) => name)];
  const related = resource.relationships.find(({ kind }) => kind === "belongsTo");
  const include = related ? `&include=${related.name}` : "";
  const { many } = queryFields(resource);
  const inner = related ? ` ${related.name} { id }` : "";
  const query = `{ ${many}(first: 5) { nodes { ${fields.join(" ")}${inner} } pageInfo { hasNextPage endCursor } } }`;
  return [
    {
      title: "REST: the first five",
      code: curl(`${url}/rest/v1/${restPath(resource)}?page[size]=5${include}`),
    },
    {
      title: "GraphQL: the same",
      code: curl(`${url}/graphql`, JSON.stringify({ query })),
    },
  ];
}

function curl(address: string, body?: string): string {
  const lines = [`curl -g '${address}'`, `-H "Authorization: Bearer $KEY"`];
  if (body !== undefined) lines.push("-H 'Content-Type: application/json'", `-d '${body}'`);
  return lines.join(" \\\n  ");
}
