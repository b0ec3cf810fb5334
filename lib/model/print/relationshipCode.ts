import { defaultForeignKey, defaultJoin } from "../naming/storedNames.ts";
import type { Relationship, Resource } from "../types.ts";
import type { OptionCode } from "./attributeCode.ts";
import type { Code } from "./Code.ts";
import { callWithOptions } from "./Code.ts";
import { deprecatedCodes } from "./deprecatedCodes.ts";
import { quoteText } from "./quoteText.ts";
import type { Style } from "./Style.ts";

/** A relationship as a call of its builder: `belongsTo("Customer", { required: true })`. */
export function relationshipCode(
  relationship: Relationship,
  resource: Pick<Resource, "name" | "table">,
  style: Style,
): Code {
  const options = relationshipOptionCodes(relationship, resource, style);
  return callWithOptions(relationship.kind, [quoteText(relationship.target, style)], options);
}

/** The options that say something other than the default, in the order in which they are written. */
export function relationshipOptionCodes(
  relationship: Relationship,
  resource: Pick<Resource, "name" | "table">,
  style: Style,
): readonly OptionCode[] {
  const said = [
    ...text("describe", relationship.describe, undefined, style),
    ...deprecatedCodes(relationship.deprecated, style),
  ];
  switch (relationship.kind) {
    case "belongsTo":
      return [
        ...(relationship.required ? [["required", "true"] as const] : []),
        ...(relationship.unique ? [["unique", "true"] as const] : []),
        ...text("onDelete", relationship.onDelete, "restrict", style),
        ...text("column", relationship.column, defaultForeignKey(relationship.name), style),
        ...said,
      ];
    case "hasOne":
    case "hasMany":
      return [["via", quoteText(relationship.via, style)], ...said];
    case "manyToMany": {
      if (relationship.through !== undefined) {
        return [
          ["through", quoteText(relationship.through, style)],
          ...text("via", relationship.sourceVia, undefined, style),
          ...text("targetVia", relationship.targetVia, undefined, style),
          ...said,
        ];
      }
      if (!relationship.owner && relationship.inverse !== undefined) {
        return [["via", quoteText(relationship.inverse, style)], ...said];
      }
      const names = defaultJoin(resource, relationship.name, relationship.target);
      return [
        ...text("table", relationship.table, names.table, style),
        ...text("column", relationship.sourceColumn, names.sourceColumn, style),
        ...text("targetColumn", relationship.targetColumn, names.targetColumn, style),
        ...said,
      ];
    }
  }
}

function text(name: string, value: string | undefined, usual: string | undefined, style: Style): readonly OptionCode[] {
  return value === undefined || value === usual ? [] : [[name, quoteText(value, style)]];
}
