import type { Sources } from "#lib/model/sources.ts";

const kinds = [
  "text({ required: true, maxLength: 200 })",
  'text({ pattern: "[A-Z]{2}-[0-9]+" })',
  "integer({ min: 0, default: 0 })",
  "decimal({ precision: 14, scale: 2, min: 0, default: 0 })",
  "boolean({ required: true, default: false })",
  "date()",
  "timestamp({ default: now() })",
  'choice(["lead", "qualified", "won", "lost"], { default: "lead" })',
  "json()",
  "bigint()",
];

/**
 * The sources of an app of that many resources with twenty attributes each, linked and indexed as real ones are. Two
 * editions differ in every file, so that nothing that was read before helps.
 */
export function largeApp(resources: number, edition: number): Sources {
  const files: Record<string, string> = {
    "gantry.config.ts": 'import { app } from "gantry";\n\nexport default app({ name: "Large" });\n',
  };
  for (let at = 0; at < resources; at += 1)
    files[`domain/part${at}.ts`] = `// Edition ${edition}.\n${resource(at, resources)}`;
  return files;
}

function resource(at: number, count: number): string {
  const attributes = Array.from({ length: 20 }, (_, place) => `    field${place}: ${kinds[place % kinds.length]},`);
  // Earlier ones only, so that what is required never goes in a circle.
  const parent = at === 0 ? null : Math.floor(at / 3);
  const children = [3 * at, 3 * at + 1, 3 * at + 2].filter((child) => child > 0 && child < count);
  const links = [
    ...(parent === null ? [] : [`    parent: belongsTo("Part${parent}", { required: true, onDelete: "cascade" }),`]),
    ...children.map((child) => `    parts${child}: hasMany("Part${child}", { via: "parent" }),`),
  ];
  return `import {
  belongsTo,
  bigint,
  boolean,
  choice,
  date,
  decimal,
  hasMany,
  integer,
  json,
  now,
  resource,
  text,
  timestamp,
} from "gantry";

export default resource("Part${at}", {
  plural: "part${at}All",
  attributes: {
${attributes.join("\n")}
  },
  relationships: {
${links.join("\n")}
  },
  unique: [["field0", "field5"]],
  indexes: [["field2"], ["-field6"]],
});
`;
}
