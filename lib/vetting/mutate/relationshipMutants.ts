import { spokenName } from "../../model/naming/spokenName.ts";
import { capital } from "../../model/words/capital.ts";
import { withArticle } from "../../model/words/sentenceList.ts";
import { withoutAt } from "../propose/without.ts";
import type { Mutants } from "./Mutants.ts";

/** Relationships and groups that bind less. */
export function relationshipMutants(into: Mutants): void {
  const { relationships, uniques, conditionalUniques = [] } = into.resource;
  for (const relationship of relationships) {
    if (relationship.kind !== "belongsTo") continue;
    const { name, onDelete, required, unique } = relationship;
    const part = (member: string) => ["relationships", name, member];
    const next = (change: object) => ({
      relationships: relationships.map((each) => (each === relationship ? { ...relationship, ...change } : each)),
    });
    const target = spokenName(relationship.target);
    const many = spokenName(into.resource.plural);
    const isDestroyed = into.model.resources
      .find((each) => each.name === relationship.target)
      ?.actions.includes("destroy");
    const isKept = into.model.resources.find((each) => each.name === relationship.target)?.features?.softDelete;
    if (isDestroyed && !isKept) {
      const other = onDelete === "restrict" ? "cascade" : "restrict";
      const sentence =
        other === "cascade"
          ? `Deleting ${withArticle(target)} deletes the ${many} that refer to it.`
          : `${capital(withArticle(target))} that ${many} refer to is not deleted.`;
      into.add({
        kind: "onDelete",
        part: part("onDelete"),
        sentence,
        change: next({ onDelete: other }),
        sameTables: false,
      });
    }
    if (required && into.resource.actions.includes("create")) {
      into.add({
        kind: "required",
        part: part("required"),
        sentence: `The ${spokenName(name)} of ${into.one} may be left out.`,
        change: next({ required: false }),
        sameTables: false,
      });
    }
    if (unique) {
      into.add({
        kind: "unique",
        part: part("unique"),
        sentence: `Two ${many} may have the same ${spokenName(name)}.`,
        change: next({ unique: false }),
        sameTables: false,
      });
    }
  }
  uniques.forEach((fields, index) => {
    const sentence = `Two ${spokenName(into.resource.plural)} may have the same ${fields.map(spokenName).join(", ")}.`;
    into.add({
      kind: "unique",
      part: ["uniques", String(index)],
      sentence,
      change: { uniques: withoutAt(uniques, index) },
      sameTables: false,
    });
  });
  conditionalUniques.forEach(({ fields, when }, index) => {
    const sentence = `Two ${spokenName(into.resource.plural)} may have the same ${fields.map(spokenName).join(", ")} where \`${when}\`.`;
    into.add({
      kind: "unique",
      part: ["conditionalUniques", String(index)],
      sentence,
      change: { conditionalUniques: withoutAt(conditionalUniques, index) },
      sameTables: false,
    });
  });
}
