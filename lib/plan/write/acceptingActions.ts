import { foreignKeyField } from "../../model/naming/foreignKeyField.ts";
import type { Entity } from "../catalog/Catalog.ts";

/** Names of the actions that take a field or relationship from their callers. */
export function acceptingActions({ resource, relationships }: Entity, name: string): readonly string[] {
  const relationship = relationships.get(name);
  const names = relationship?.kind === "belongsTo" ? [name, foreignKeyField(relationship)] : [name];
  const written = resource.definedActions ?? [];
  const plain = resource.actions.filter((action) => {
    const isWrite = action === "create" || action === "update";
    return isWrite && !written.some((candidate) => candidate.name === action && candidate.accept);
  });
  const naming = written.filter(({ accept }) => accept?.some((accepted) => names.includes(accepted)));
  return [...plain, ...naming.map((action) => action.name)];
}
