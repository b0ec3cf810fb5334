import type { Code } from "../print/Code.ts";
import { list } from "../print/Code.ts";
import { flat } from "../print/layOut.ts";
import { textsCode } from "../print/literalCode.ts";
import { conditionalUniqueCode, fieldPolicyCode, policyCode } from "../print/policiesCode.ts";
import type { Style } from "../print/Style.ts";
import { sectionCodes } from "../print/sectionCodes.ts";
import { plain } from "../read/literals.ts";
import { featureOptions } from "../read/readFeatures.ts";
import { isExpression } from "../read/readProperties.ts";
import type { ObjectProperty } from "../read/syntax.ts";
import type { Resource } from "../types.ts";
import { listSteps } from "./editList.ts";
import type { SourceFile } from "./SourceFile.ts";

/** The options of a resource that are edited as what they would be printed as. */
export const sectionOptions: readonly string[] = [
  ...["calculations", "aggregates", "validations", "states", "unique", "actions", "policies"],
  ...featureOptions,
  "api",
];

export interface SectionEdit {
  readonly name: string;
  readonly before: Resource;
  readonly after: Resource;
  /** The value that is written; null when the option is not there. */
  readonly written: ObjectProperty["value"] | null;
}

/** What an option says and what it shall say; null where it is left out. */
export function sectionEdit(
  { style }: SourceFile,
  { name, before, after, written }: SectionEdit,
): { readonly old: Code | null; readonly fresh: Code | null } {
  if (name === "unique" || name === "policies") {
    const { old, fresh } = mixed(kindsOf(written, name), {
      before: twoKinds(before, name, style),
      after: twoKinds(after, name, style),
      style,
    });
    const open = name === "policies";
    return {
      old: old.length === 0 ? null : { ...list(old), open },
      fresh: fresh.length === 0 ? null : { ...list(fresh), open },
    };
  }
  const code = (resource: Resource) => sectionCodes(resource, style).find(([option]) => option === name)?.[1] ?? null;
  return { old: code(before), fresh: code(after) };
}

/** Lists that hold two kinds of things, which the model keeps apart: those of the first kind and those of the second. */
function twoKinds(
  resource: Resource,
  name: "unique" | "policies",
  style: Style,
): readonly [readonly Code[], readonly Code[]] {
  const { uniques, conditionalUniques = [], policies = [], fieldPolicies = [] } = resource;
  return name === "unique"
    ? [
        uniques.map((names) => textsCode(names, style)),
        conditionalUniques.map((group) => conditionalUniqueCode(group, style)),
      ]
    : [
        policies.map((policy) => policyCode(policy, style)),
        fieldPolicies.map((policy) => fieldPolicyCode(policy, style)),
      ];
}

/** Which kind each written element is of: 0 or 1. */
function kindsOf(written: SectionEdit["written"], name: "unique" | "policies"): readonly (0 | 1)[] {
  const node = written && isExpression(written) ? plain(written) : null;
  if (node?.type !== "ArrayExpression") return [];
  return node.elements.map((element) => {
    const call = element && element.type !== "SpreadElement" ? plain(element) : null;
    if (call?.type !== "CallExpression") return 0;
    return name === "unique" || (call.callee.type === "Identifier" && call.callee.name === "field") ? 1 : 0;
  });
}

/** Both lists with their two kinds mixed as they are written; what is new stands behind the one that it follows. */
function mixed(
  kinds: readonly (0 | 1)[],
  {
    before,
    after,
    style,
  }: {
    readonly before: readonly [readonly Code[], readonly Code[]];
    readonly after: readonly [readonly Code[], readonly Code[]];
    readonly style: Style;
  },
): { readonly old: readonly Code[]; readonly fresh: readonly Code[] } {
  const places: [number[], number[]] = [[], []];
  const order =
    kinds.length === before[0].length + before[1].length
      ? kinds
      : [...before[0].map(() => 0 as const), ...before[1].map(() => 1 as const)];
  for (const [place, kind] of order.entries()) places[kind].push(place);
  const old = order.map((kind, place) => before[kind][places[kind].indexOf(place)] ?? "");
  const fresh = ([0, 1] as const).flatMap((kind) => {
    const texts = (codes: readonly Code[]) => codes.map((code) => flat(code, style));
    let place = kind === 0 ? -1 : (places[1][0] ?? old.length) - 1;
    return listSteps(texts(before[kind]), texts(after[kind])).flatMap((step) => {
      if (step.kind === "remove") return [];
      if (step.kind !== "insert") place = places[kind][step.before] ?? place;
      return [{ place, kind, code: after[kind][step.after] ?? "" }];
    });
  });
  return { old, fresh: fresh.toSorted((one, other) => one.place - other.place).map(({ code }) => code) };
}
