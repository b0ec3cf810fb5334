import { type Catalog, entityNamed, readableNamed } from "#lib/plan/catalog/Catalog.ts";
import type {
  CompareOperator,
  Condition,
  FieldPath,
  ListShape,
  ReadManyShape,
  ReadOneShape,
  ReadPlan,
  Selection,
  SelectionMember,
} from "#lib/plan/types.ts";
import type { Eyes } from "./Eyes.ts";
import type { Plain, Row, World } from "./World.ts";

export interface ListOrOne extends ReadPlan {
  readonly shape: ReadOneShape | ReadManyShape;
}

export interface ReadView {
  readonly catalog: Catalog;
  readonly world: World;
  readonly eyes: Eyes;
}

/** What a read must answer, as the JSON that it prints; null where nothing is found. */
export function expectedRead({ shape, parameters }: ListOrOne, view: ReadView): unknown {
  const answering = new Answering(parameters, view);
  const found = (resource: string, key: number) => {
    const row = view.world.row(resource, parameters[key] as Plain);
    return row && view.eyes.sees(row) ? row : null;
  };
  if (shape.kind === "one") {
    const row = found(shape.resource, shape.key);
    return row && answering.object(row, shape.selection);
  }
  if (!shape.within) return answering.list(view.eyes.all(shape.resource), shape.list);
  const { resource, key, relationship } = shape.within;
  const parent = found(resource, key);
  return parent && answering.list(view.eyes.many(parent, relationship), shape.list);
}

/** All records of a list in its order, whatever its page: for walking through it. */
export function expectedOrder({ shape, parameters }: ListOrOne, view: ReadView): readonly string[] {
  if (shape.kind !== "many" || shape.within) throw new Error("This is no plain list.");
  return new Answering(parameters, view).ordered(view.eyes.all(shape.resource), shape.list).map(({ id }) => id);
}

/** A record as a selection shows it. */
export function objectOf(row: Row, selection: Selection, view: ReadView): unknown {
  return new Answering([], view).object(row, selection);
}

type Parameters = ReadPlan["parameters"];

class Answering {
  readonly #parameters: Parameters;
  readonly #view: ReadView;

  constructor(parameters: Parameters, view: ReadView) {
    this.#parameters = parameters;
    this.#view = view;
  }

  object(row: Row, selection: Selection): unknown {
    return Object.fromEntries(selection.map((member) => [member.as, this.#member(row, member)]));
  }

  #member(row: Row, member: SelectionMember): unknown {
    const { eyes } = this.#view;
    switch (member.kind) {
      case "field":
        return this.#shown(row, member.field);
      case "one": {
        const target = eyes.one(row, member.relationship);
        return target && this.object(target, member.selection);
      }
      case "many":
        return this.list(eyes.many(row, member.relationship), member.list);
      case "constant":
        return member.value;
    }
  }

  #shown(row: Row, name: string): Plain {
    const value = this.#view.eyes.value(row, name);
    const { type } = readableNamed(entityNamed(this.#view.catalog, row.resource), name);
    return value !== null && type.kind === "bigint" ? String(value) : value;
  }

  list(rows: readonly Row[], list: ListShape): unknown {
    const all = this.ordered(rows, list);
    const { size, fromEnd } = list.page;
    const page = fromEnd ? all.slice(Math.max(0, all.length - size)) : all.slice(0, size);
    if (list.output.kind === "array") throw new Error("Lists of this test are objects.");
    const more = fromEnd ? false : all.length > size;
    const entries = list.output.members.map((member) => {
      if (member.kind === "items") return [member.as, page.map((row) => this.object(row, member.selection))];
      if (member.kind === "count") return [member.as, all.length];
      return [member.as, { more }];
    });
    return Object.fromEntries(entries);
  }

  ordered(rows: readonly Row[], { where, order }: ListShape): readonly Row[] {
    const kept = rows.filter((row) => where === null || this.#holds(row, where) === true);
    return [...kept].sort((a, b) => {
      for (const { path, descending } of order) {
        const sign = compareLastNull(this.#at(a, path), this.#at(b, path));
        if (sign !== 0) return descending ? -sign : sign;
      }
      return 0;
    });
  }

  #at(row: Row, path: FieldPath): Plain {
    const { eyes } = this.#view;
    const at = path.slice(0, -1).reduce<Row | null>((each, name) => each && eyes.one(each, name), row);
    return at && eyes.value(at, path.at(-1) ?? "");
  }

  #holds(row: Row, condition: Condition): boolean | null {
    switch (condition.kind) {
      case "and":
        return together(
          condition.conditions.map((inner) => this.#holds(row, inner)),
          false,
        );
      case "or":
        return together(
          condition.conditions.map((inner) => this.#holds(row, inner)),
          true,
        );
      case "not": {
        const inner = this.#holds(row, condition.condition);
        return inner === null ? null : !inner;
      }
      case "isNull":
        return (this.#at(row, condition.path) === null) !== condition.negated;
      case "compare":
        return compare(this.#at(row, condition.path), condition.operator, this.#operand(condition.parameter));
      case "in": {
        const value = this.#at(row, condition.path);
        const operands = this.#parameters[condition.parameter];
        return value === null || !Array.isArray(operands)
          ? null
          : operands.includes(String(value)) !== condition.negated;
      }
      case "some": {
        const { eyes } = this.#view;
        const hops = condition.path.slice(0, -1);
        const from = hops.reduce<Row | null>((each, name) => each && eyes.one(each, name), row);
        const targets = from ? eyes.many(from, condition.path.at(-1) ?? "") : [];
        const { condition: inner } = condition;
        return targets.some((target) => inner === null || this.#holds(target, inner) === true);
      }
      default:
        throw new Error(`The oracle knows nothing of ${condition.kind}.`);
    }
  }

  #operand(parameter: number): string {
    return String(this.#parameters[parameter]);
  }
}

function together(parts: readonly (boolean | null)[], deciding: boolean): boolean | null {
  if (parts.includes(deciding)) return deciding;
  return parts.includes(null) ? null : !deciding;
}

function compare(value: Plain, operator: CompareOperator, operand: string): boolean | null {
  if (value === null) return null;
  const sign = typeof value === "number" ? Math.sign(value - Number(operand)) : compareTexts(String(value), operand);
  switch (operator) {
    case "eq":
      return sign === 0;
    case "ne":
      return sign !== 0;
    case "lt":
      return sign < 0;
    case "gte":
      return sign >= 0;
    default:
      throw new Error(`The oracle knows nothing of ${operator}.`);
  }
}

function compareTexts(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

/** Null counts as greater than every value. */
function compareLastNull(a: Plain, b: Plain): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  if (typeof a === "number" && typeof b === "number") return Math.sign(a - b);
  return compareTexts(
    typeof a === "boolean" ? String(Number(a)) : String(a),
    typeof b === "boolean" ? String(Number(b)) : String(b),
  );
}
