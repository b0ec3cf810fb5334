import type { FieldError } from "../../../errors/AppError.ts";
import type { AttributeType } from "../../../model/types.ts";
import type { Catalog, Entity } from "../../catalog/Catalog.ts";
import type {
  FieldPath,
  GroupRef,
  GroupTerm,
  Measure,
  MeasureCondition,
  MeasureRef,
  SummaryMember,
  SummaryOrder,
  SummaryShape,
  TimeSpan,
} from "../../types.ts";
import { operatorsOf } from "../operators.ts";
import { type FoundField, followPath, isLost } from "./followPath.ts";
import { type FieldFunction, isAnyMoney, isGroupable, measureType, spansOf } from "./measureType.ts";

const maxGroupTerms = 8;
const maxMeasures = 32;
const maxMeasureConditions = 16;

/** Every one of them also stands in the order that completes the one asked for. */
const maxOrder = 16 + maxGroupTerms;

interface Asked {
  /** The caller's name of where it stands, such as `measure` or `groupBy.0`. */
  readonly place: string;
  readonly path: FieldPath;
}

/** A summary while a protocol reads it: checks each part against the model and gathers what is wrong. */
export class SummaryPlanning {
  readonly #catalog: Catalog;
  readonly #entity: Entity;
  readonly #refuse: (error: FieldError) => void;
  readonly #groups: GroupTerm[] = [];
  readonly #measures: { readonly measure: Measure; readonly type: AttributeType; readonly place: string }[] = [];
  readonly #having: MeasureCondition[] = [];
  readonly #order: SummaryOrder[] = [];

  constructor(catalog: Catalog, entity: Entity, refuse: (error: FieldError) => void) {
    this.#catalog = catalog;
    this.#entity = entity;
    this.#refuse = refuse;
  }

  get groups(): readonly GroupTerm[] {
    return this.#groups;
  }

  /** Groups by the values of a field, or by the spans of time that they are in. */
  group({ path, place, span }: Asked & { readonly span?: TimeSpan | undefined }): GroupRef | null {
    const found = this.#follow({ path, place });
    if (!found) return null;
    const { field } = found;
    if (!isGroupable(field.type.kind)) {
      this.#refuse({ field: place, rule: "type", message: `Nothing can be grouped by ${path.join(".")}.` });
      return null;
    }
    const spans = spansOf(field.type);
    if (span !== undefined && !spans.includes(span)) {
      const message =
        spans.length > 0 ? "Group dates by a day or more." : `${path.join(".")} is no date and no moment.`;
      this.#refuse({ field: place, rule: "span", message, allowed: spans });
      return null;
    }
    const known = this.groupAt(path, span);
    if (known !== null) return known;
    if (this.#groups.length === maxGroupTerms) {
      this.#refuse({ field: place, rule: "maxItems", message: `Group by at most ${maxGroupTerms} fields.` });
      return null;
    }
    return this.#groups.push({ path, ...(span && { span }) }) - 1;
  }

  /** Where what is grouped by stands already. */
  groupAt(path: FieldPath, span?: TimeSpan): GroupRef | null {
    const name = path.join(".");
    const index = this.#groups.findIndex((term) => term.path.join(".") === name && term.span === span);
    return index < 0 ? null : index;
  }

  count(place: string): MeasureRef | null {
    return this.#add({ function: "count" }, { kind: "integer" }, place);
  }

  measure(of: FieldFunction, { path, place }: Asked): MeasureRef | null {
    const found = this.#follow({ path, place });
    if (!found) return null;
    const type = measureType(of, found.field.type);
    if (type) return this.#add({ function: of, path }, type, place);
    const message = `${path.join(".")} has no ${of}${found.field.type.kind === "encrypted" ? ": the database never sees its values" : ""}.`;
    this.#refuse({ field: place, rule: "type", message });
    return null;
  }

  /** The type that a measure comes out as. */
  typeOf(measure: MeasureRef): AttributeType {
    return this.#at(measure).type;
  }

  /** Only groups of which this is true; the operand becomes the parameter. */
  having({ place, ...condition }: MeasureCondition & { readonly place: string }): void {
    if (this.#having.length === maxMeasureConditions) {
      const message = `Give at most ${maxMeasureConditions} conditions on measures.`;
      this.#refuse({ field: place, rule: "maxItems", message });
    } else this.#having.push(condition);
  }

  order(term: SummaryOrder, place: string): void {
    if (this.#order.length === maxOrder) {
      this.#refuse({ field: place, rule: "maxItems", message: `Sort by at most ${maxOrder} things.` });
    } else if (!this.#order.some((known) => sameTerm(known, term))) this.#order.push(term);
  }

  /** To be called last. Checks what depends on everything that was asked for. */
  shape(size: number, output: readonly SummaryMember[]): SummaryShape {
    for (const { measure, place } of this.#measures) this.#checkCurrency(measure, place);
    return {
      groups: this.#groups,
      measures: this.#measures.map(({ measure }) => measure),
      having: this.#having,
      order: completeGroups(this.#order, this.#groups.length),
      size,
      output,
    };
  }

  #add(measure: Measure, type: AttributeType, place: string): MeasureRef | null {
    const known = this.#measures.findIndex((other) => nameOf(other.measure) === nameOf(measure));
    if (known >= 0) return known;
    if (this.#measures.length === maxMeasures) {
      this.#refuse({ field: place, rule: "maxItems", message: `Ask for at most ${maxMeasures} measures.` });
      return null;
    }
    return this.#measures.push({ measure, type, place }) - 1;
  }

  #at(measure: MeasureRef) {
    const known = this.#measures[measure];
    if (!known) throw new Error("The summary has no such measure.");
    return known;
  }

  /** Amounts of several currencies come to nothing together. */
  #checkCurrency(measure: Measure, place: string): void {
    if (measure.function === "count" || measure.function === "countDistinct") return;
    const found = followPath(this.#catalog, this.#entity, measure.path);
    if (isLost(found)) return;
    const money = isAnyMoney(found.field.type)
      ? measure.path
      : found.whole && isAnyMoney(found.whole.field.type) && found.field.name === "amount"
        ? found.whole.path
        : null;
    if (!money || this.groupAt([...money, "currency"]) !== null || this.groupAt(money) !== null) return;
    const currency = [...money, "currency"].join(".");
    const message = `Amounts of several currencies have no ${measure.function}. Group by ${currency} as well.`;
    this.#refuse({ field: place, rule: "currency", message, allowed: [currency] });
  }

  #follow({ path, place }: Asked): FoundField | null {
    const found = followPath(this.#catalog, this.#entity, path);
    if (!isLost(found)) return found;
    this.#refuse({ field: place, ...found });
    return null;
  }
}

/** What groups are compared by. Choices, texts and the like only as they come out of `min` and `max`. */
export const measureOperators = operatorsOf({ kind: "integer" }).filter(
  (operator): operator is MeasureCondition["operator"] =>
    operator !== "in" && operator !== "notIn" && operator !== "isNull",
);

/** `sum(amount)`, as errors and REST call it. */
function nameOf(measure: Measure): string {
  return measure.function === "count" ? "count" : `${measure.function}(${measure.path.join(".")})`;
}

/** The order asked for, made total by the groups that it leaves open. */
function completeGroups(order: readonly SummaryOrder[], groups: number): readonly SummaryOrder[] {
  const rest = Array.from(
    { length: groups },
    (_, group): SummaryOrder => ({ kind: "group", group, descending: false }),
  );
  return [...order, ...rest.filter((term) => !order.some((known) => sameTerm(known, term)))];
}

function sameTerm(one: SummaryOrder, other: SummaryOrder): boolean {
  return one.kind === "group"
    ? other.kind === "group" && one.group === other.group
    : other.kind === "measure" && one.measure === other.measure;
}
