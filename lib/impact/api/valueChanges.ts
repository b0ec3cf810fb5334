import { optionsIn } from "../../model/attributes/optionsIn.ts";
import { typeWords } from "../../model/diff/describeAttribute.ts";
import { pairUp } from "../../model/diff/identity.ts";
import type { Attribute, AttributeType, ChoiceOption } from "../../model/types.ts";
import { boundsKind } from "../../model/values/canonicalText.ts";
import { compareCanonical } from "../../model/values/compareCanonical.ts";
import { sentenceList } from "../../model/words/sentenceList.ts";
import type { ApiChange } from "./ApiChange.ts";

/** A value that callers give, that answers show, or both. */
export type Valued = Omit<Attribute, "column" | "unique" | "deprecated">;

export interface ValueUse {
  /** What it is called in sentences: `Deal.amount`. */
  readonly called: string;
  readonly given: boolean;
  readonly answered: boolean;
  /** What a value object is called now, by its old name. */
  readonly valueObjectNow: (valueObject: string) => string;
}

type ValueChange = Pick<ApiChange, "kind" | "severity" | "sentence">;

/** What became of the values that callers may give and have to expect. */
export function valueChanges(before: Valued, after: Valued, use: ValueUse): readonly ValueChange[] {
  if (before === after) return [];
  const type = typeChange(before.type, after.type, use);
  if (type) return [type];
  return [
    ...sizeChanges(before.type, after.type, use),
    ...choiceChanges(optionsIn(before.type) ?? [], optionsIn(after.type) ?? [], use),
    ...(use.given ? limitChanges(before, after, use) : []),
  ];
}

/** Another type altogether: neither what was given nor what was read fits any more. */
function typeChange(before: AttributeType, after: AttributeType, use: ValueUse): ValueChange | null {
  if (shapeOf(before, use.valueObjectNow) === shapeOf(after, (name) => name)) return null;
  const sentence = `${use.called} is now ${typeWords(after)}; it was ${typeWords(before)}`;
  return { kind: "typeChanged", severity: "breaking", sentence };
}

function shapeOf(type: AttributeType, named: (valueObject: string) => string): string {
  switch (type.kind) {
    case "list":
      return `list of ${shapeOf(type.of, named)}`;
    case "embed":
      return `${type.many ? "many " : ""}${named(type.valueObject)}`;
    case "money":
      return `money ${type.currency ?? ""}`;
    case "vector":
      return `vector ${type.dimensions}`;
    default:
      return type.kind;
  }
}

function sizeChanges(before: AttributeType, after: AttributeType, use: ValueUse): readonly ValueChange[] {
  if (before.kind === "list" && after.kind === "list") return sizeChanges(before.of, after.of, use);
  if (before.kind === "decimal" && after.kind === "decimal") return digitChanges(before, after, use);
  if (before.kind === "file" && after.kind === "file") return fileChanges(before, after, use);
  if (before.kind === "sequence" && after.kind === "sequence" && before.pattern !== after.pattern) {
    const sentence = `${use.called} is now printed as ${after.pattern}; it was ${before.pattern}`;
    return [{ kind: "valueWidened", severity: "risky", sentence }];
  }
  return [];
}

type Of<K extends AttributeType["kind"]> = Extract<AttributeType, { readonly kind: K }>;

function digitChanges(before: Of<"decimal">, after: Of<"decimal">, { called, given }: ValueUse) {
  const digits = ({ precision, scale }: Of<"decimal">) =>
    scale === undefined
      ? [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY]
      : [precision === undefined ? Number.POSITIVE_INFINITY : precision - scale, scale];
  const [[wholeBefore = 0, scaleBefore = 0], [whole = 0, scale = 0]] = [digits(before), digits(after)];
  if (whole === wholeBefore && scale === scaleBefore) return [];
  const narrowed = given && (whole < wholeBefore || scale < scaleBefore);
  return [changed(narrowed, `${called} is now ${typeWords(after)}; it was ${typeWords(before)}`)];
}

function fileChanges(before: Of<"file">, after: Of<"file">, { called }: ValueUse): readonly ValueChange[] {
  const smaller = (after.maxSize ?? Number.POSITIVE_INFINITY) < (before.maxSize ?? Number.POSITIVE_INFINITY);
  const types = after.mediaTypes;
  const fewer = types !== undefined && !(before.mediaTypes ?? ["any"]).every((type) => types.includes(type));
  if (!smaller && !fewer) return [];
  return [{ kind: "valueNarrowed", severity: "breaking", sentence: `${called} now takes only ${typeWords(after)}` }];
}

function choiceChanges(before: readonly ChoiceOption[], after: readonly ChoiceOption[], use: ValueUse) {
  const stored = ({ stored: value }: ChoiceOption) => value;
  const { removed, added, kept } = pairUp({ before, after }, { before: stored, after: stored });
  const renamed = kept.filter((pair) => pair.before.name !== pair.after.name);
  const listed = (options: readonly ChoiceOption[]) => sentenceList(options.map(({ name }) => name));
  const changes: ValueChange[] = renamed.map((pair) => {
    const sentence = `The choice ${pair.before.name} of ${use.called} is now called ${pair.after.name}`;
    return { kind: "choiceRenamed", severity: "breaking", sentence };
  });
  if (removed.length > 0) {
    const sentence = `${use.called} no longer knows the choice ${listed(removed)}`;
    changes.push({ kind: "choiceRemoved", severity: "breaking", sentence });
  }
  if (added.length > 0) {
    const [severity, meaning] = use.answered
      ? (["risky", "; clients that list them all meet one that they do not know"] as const)
      : (["compatible", ""] as const);
    const sentence = `${use.called} now has the choice ${listed(added)} too${meaning}`;
    changes.push({ kind: "choiceAdded", severity, sentence });
  }
  return changes;
}

function limitChanges(before: Valued, after: Valued, { called }: ValueUse): readonly ValueChange[] {
  const kind = boundsKind(after.type);
  const compare = (a: string, b: string) => (kind === null ? 0 : compareCanonical(a, b, kind));
  const number = (a: number, b: number) => a - b;
  const limit = <T>(
    [was, is]: readonly [T | undefined, T | undefined],
    {
      order,
      least,
      words,
    }: { readonly order: (a: T, b: T) => number; readonly least: boolean; readonly words: string },
  ): readonly ValueChange[] => {
    if (is === undefined)
      return was === undefined ? [] : [changed(false, `${called} need no longer be ${words} ${was}`)];
    const by = was === undefined ? 1 : order(is, was) * (least ? 1 : -1);
    return by === 0 ? [] : [changed(by > 0, `${called} must now be ${words} ${is}`)];
  };
  return [
    ...limit([before.min, after.min], { order: compare, least: true, words: "at least" }),
    ...limit([before.max, after.max], { order: compare, least: false, words: "at most" }),
    ...limit([before.minLength, after.minLength], { order: number, least: true, words: "of a length of at least" }),
    ...limit([before.maxLength, after.maxLength], { order: number, least: false, words: "of a length of at most" }),
    ...limit([before.minItems, after.minItems], { order: number, least: true, words: "a list of at least" }),
    ...limit([before.maxItems, after.maxItems], { order: number, least: false, words: "a list of at most" }),
    ...patternChanges(before, after, called),
  ];
}

function patternChanges(before: Valued, after: Valued, called: string): readonly ValueChange[] {
  if (before.pattern === after.pattern) return [];
  if (after.pattern === undefined) return [changed(false, `${called} need no longer match ${before.pattern ?? ""}`)];
  return [changed(true, `${called} must now match ${after.pattern}`)];
}

function changed(narrowed: boolean, sentence: string): ValueChange {
  return narrowed
    ? { kind: "valueNarrowed", severity: "breaking", sentence }
    : { kind: "valueWidened", severity: "compatible", sentence };
}
