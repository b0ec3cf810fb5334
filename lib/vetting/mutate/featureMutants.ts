import { spokenName } from "../../model/naming/spokenName.ts";
import { capital } from "../../model/words/capital.ts";
import type { Mutants } from "./Mutants.ts";

/** Without what records can do beyond being there. */
export function featureMutants(into: Mutants): void {
  const { features } = into.resource;
  if (!features) return;
  const { tenant, softDelete, ...rest } = features;
  if (tenant !== undefined) {
    const change = { features: { ...rest, ...(softDelete && { softDelete }) } };
    into.add({
      kind: "tenant",
      part: ["features", "tenant"],
      sentence: `${capital(spokenName(into.resource.plural))} of all tenants are together.`,
      change,
    });
  }
  if (softDelete && into.resource.actions.includes("destroy")) {
    const change = { features: { ...rest, ...(tenant !== undefined && { tenant }) } };
    into.add({
      kind: "softDelete",
      part: ["features", "softDelete"],
      sentence: `Deleted ${spokenName(into.resource.plural)} are not kept.`,
      change,
      sameTables: false,
    });
  }
}
