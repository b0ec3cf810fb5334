import type { Finding, Rule } from "./Rule.ts";
import { problemAt } from "./Rule.ts";

/** Every resource and every join table has a table of its own. */
export const duplicateTables: Rule = ({ resources }, places) => {
  const owners = new Map<string, string>();
  const findings: Finding[] = [];
  const claim = (table: string, owner: string, path: readonly string[]) => {
    const first = owners.get(table);
    if (first === undefined) owners.set(table, owner);
    else {
      const message = `The table \`${table}\` is that of \`${first}\` already. Write another \`table\`.`;
      findings.push({ code: "duplicate_stored_name", path, message });
    }
  };
  for (const { name, table } of resources) claim(table, name, [name, "table"]);
  for (const { name, relationships } of resources) {
    for (const relationship of relationships) {
      if (relationship.kind !== "manyToMany" || !relationship.owner) continue;
      const { table, sourceColumn, targetColumn } = relationship;
      const path = [name, "relationships", relationship.name];
      claim(table, `${name}.${relationship.name}`, [...path, "table"]);
      if (sourceColumn !== targetColumn) continue;
      const message = `Both columns of the join table are called \`${sourceColumn}\`. Write another \`column\` or \`targetColumn\`.`;
      findings.push({ code: "duplicate_stored_name", path: [...path, "targetColumn"], message });
    }
  }
  return findings.map((finding) => problemAt(places, finding));
};
