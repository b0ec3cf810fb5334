import * as fc from "fast-check";
import { checkExpression } from "../check/checkExpression.ts";
import type { ExpressionScope } from "../ExpressionScope.ts";
import { literalTexts, quoted, sampleUuids } from "./literalTexts.ts";
import { contextNames, type NamedValue, type NamesInSight, namesOf } from "./namesInSight.ts";

/** Kinds of values that expressions are made of; choices and json are used within them. */
export type MadeKind = keyof typeof literalTexts;

export interface ArbitraryExpressionOptions {
  /** What comes out; by default any kind. */
  readonly kind?: MadeKind;
  /** How deep operators stand within each other; 3 by default. */
  readonly depth?: number;
  /** How many to-one relationships a name may go along; 1 by default. */
  readonly hops?: number;
  /** Whether quantifiers and aggregates are used; by default they are. */
  readonly related?: boolean;
}

/** Texts of well-typed expressions over the names of a scope: all operators mixed, with nulls and edges of ranges. */
export function arbitraryExpression(
  scope: ExpressionScope,
  options: ArbitraryExpressionOptions = {},
): fc.Arbitrary<string> {
  return unboundedExpression(scope, options).filter((text) => checkExpression(text, scope).expression !== null);
}

/** Like `arbitraryExpression`, but now and then longer than the limits allow. */
export function unboundedExpression(scope: ExpressionScope, options: ArbitraryExpressionOptions): fc.Arbitrary<string> {
  const { depth = 3, hops = 1 } = options;
  const sight: NamesInSight =
    scope.resource === null
      ? { key: "", values: [], records: [] }
      : namesOf(scope.resource, { prefix: "", hops }, scope.resources);
  const writer = new Writer(scope, options);
  const kinds = options.kind ? [options.kind] : (Object.keys(literalTexts) as MadeKind[]);
  return fc.oneof(...kinds.map((kind) => writer.of(kind, sight, depth)));
}

type Part = string | fc.Arbitrary<string>;

function write(...parts: readonly Part[]): fc.Arbitrary<string> {
  return fc
    .tuple(...parts.map((part) => (typeof part === "string" ? fc.constant(part) : part)))
    .map((texts) => texts.join(""));
}

const comparisonSigns = fc.constantFrom("==", "!=", "<", "<=", ">", ">=");
const equalitySigns = fc.constantFrom("==", "!=");
const patterns = fc.constantFrom("[a-z]*", "[A-Z][a-z]+", ".*", "a|b", "[0-9]+(.[0-9]+)?", "(ab)*c", "[^a]+");

class Writer {
  readonly #scope: ExpressionScope;
  readonly #options: ArbitraryExpressionOptions;
  readonly #context: readonly NamedValue[];
  readonly #ofRecord: readonly NamedValue[];
  readonly #made = new Map<string, fc.Arbitrary<string>>();

  constructor(scope: ExpressionScope, options: ArbitraryExpressionOptions) {
    this.#scope = scope;
    this.#options = options;
    this.#context = contextNames(scope);
    const { resource, resources } = scope;
    this.#ofRecord = resource === null ? [] : namesOf(resource, { prefix: "record.", hops: 0 }, resources).values;
  }

  /** Made once for each kind, sight and depth, so that the whole stays small. */
  of(kind: MadeKind, sight: NamesInSight, depth: number): fc.Arbitrary<string> {
    const key = `${kind} ${depth} ${sight.key}`;
    const made = this.#made.get(key) ?? this.#write(kind, sight, depth);
    this.#made.set(key, made);
    return made;
  }

  #write(kind: MadeKind, sight: NamesInSight, depth: number): fc.Arbitrary<string> {
    const names = this.#named(sight, ({ type }) => type.kind === kind);
    const leaves: fc.WeightedArbitrary<string>[] = [{ weight: 2, arbitrary: literalTexts[kind] }];
    if (names) leaves.push({ weight: 4, arbitrary: names });
    if (depth <= 0) return fc.oneof(...leaves);
    const next = (other: MadeKind) => this.of(other, sight, depth - 1);
    const common = [
      write("(", next("boolean"), " ? ", next(kind), " : ", next(kind), ")"),
      write("coalesce(", next(kind), ", ", next(kind), ")"),
      write("(", next("boolean"), " ? ", next(kind), " : null)"),
    ];
    const nodes = [...common, ...this.#operators(kind, sight, next), ...this.#aggregates(kind, sight, depth)];
    return fc.oneof(...leaves, ...nodes.map((arbitrary) => ({ weight: 2, arbitrary })));
  }

  #named(sight: NamesInSight, test: (value: NamedValue) => boolean): fc.Arbitrary<string> | null {
    const texts = [...sight.values, ...sight.values, ...this.#context].filter(test).map(({ text }) => text);
    return texts.length === 0 ? null : fc.constantFrom(...texts);
  }

  #operators(
    kind: MadeKind,
    sight: NamesInSight,
    next: (kind: MadeKind) => fc.Arbitrary<string>,
  ): readonly fc.Arbitrary<string>[] {
    switch (kind) {
      case "boolean":
        return this.#conditions(sight, next);
      case "integer":
        return [
          write("(", next("integer"), fc.constantFrom(" + ", " - ", " * ", " / ", " % "), next("integer"), ")"),
          write("-(", next("integer"), ")"),
          write("abs(", next("integer"), ")"),
          write("size(", next("text"), ")"),
          write(next("text"), ".indexOf(", next("text"), ")"),
          write("int(", next("decimal"), ")"),
          write("int(", next("text"), " + '')"),
          write("daysBetween(", next("date"), ", ", next("date"), ")"),
          write(next("date"), fc.constantFrom(".year()", ".month()", ".day()", ".getDayOfWeek()", ".getDayOfYear()")),
          write(
            next("timestamp"),
            fc.constantFrom(".year()", ".getMonth()", ".getHours()", ".getMinutes()", ".getMilliseconds()"),
          ),
          write(next("time"), fc.constantFrom(".getHours()", ".getSeconds()")),
          write(next("duration"), fc.constantFrom(".getHours()", ".getMinutes()", ".getSeconds()")),
          write(fc.constantFrom("least", "greatest"), "(", next("integer"), ", ", next("integer"), ")"),
          write("[", next("integer"), ", ", next("integer"), "][", fc.constantFrom("0", "1", "2", "(-1)"), "]"),
        ];
      case "decimal":
        return [
          write("(", next("decimal"), fc.constantFrom(" + ", " - ", " * ", " / ", " % "), next("decimal"), ")"),
          write("(", next("integer"), fc.constantFrom(" + ", " * ", " / "), next("decimal"), ")"),
          write("-(", next("decimal"), ")"),
          write(fc.constantFrom("abs", "floor", "ceil", "round"), "(", next("decimal"), ")"),
          write("round(", next("decimal"), ", ", fc.nat({ max: 6 }).map(String), ")"),
          write("decimal(", next("integer"), ")"),
          write("decimal(", next("text"), " + '')"),
          write(fc.constantFrom("least", "greatest"), "(", next("decimal"), ", ", next("integer"), ")"),
          write(next("money"), ".amount"),
        ];
      case "text":
        return this.#texts(sight, next);
      case "date":
        return [
          write("addDays(", next("date"), ", ", next("integer"), ")"),
          write("addMonths(", next("date"), ", ", next("integer"), ")"),
          write("date(", next("timestamp"), ")"),
          write("date(", next("text"), " + '')"),
          write(fc.constantFrom("least", "greatest"), "(", next("date"), ", ", next("date"), ")"),
        ];
      case "time":
        return [write("time(", next("text"), " + '')"), write("least(", next("time"), ", ", next("time"), ")")];
      case "timestamp":
        return [
          write("(", next("timestamp"), fc.constantFrom(" + ", " - "), next("duration"), ")"),
          write("timestamp(", next("date"), ")"),
          write("timestamp(", next("text"), " + '')"),
          write("addMonths(", next("timestamp"), ", ", next("integer"), ")"),
          write(fc.constantFrom("least", "greatest"), "(", next("timestamp"), ", ", next("timestamp"), ")"),
        ];
      case "duration":
        return [
          write("(", next("timestamp"), " - ", next("timestamp"), ")"),
          write("(", next("duration"), fc.constantFrom(" + ", " - "), next("duration"), ")"),
          write("(", next("duration"), " * ", next("integer"), ")"),
          write("-(", next("duration"), ")"),
        ];
      case "uuid":
        return [
          write("uuid(", fc.constantFrom(...sampleUuids.map(quoted)), " + '')"),
          write("uuid(", next("text"), " + '')"),
        ];
      case "money":
        return [
          write("money(", next("decimal"), ", ", fc.constantFrom("'EUR'", "'CHF'"), ")"),
          write("money(", next("decimal"), ", ", next("text"), " + '')"),
          write(fc.constantFrom("least", "greatest"), "(", next("money"), ", ", next("money"), ")"),
        ];
    }
  }

  #conditions(sight: NamesInSight, next: (kind: MadeKind) => fc.Arbitrary<string>): readonly fc.Arbitrary<string>[] {
    const ordered: readonly MadeKind[] = [
      "integer",
      "decimal",
      "text",
      "date",
      "time",
      "timestamp",
      "duration",
      "money",
    ];
    const all = Object.keys(literalTexts) as MadeKind[];
    const choices = this.#choiceConditions(sight);
    return [
      write("(", next("boolean"), " && ", next("boolean"), ")"),
      write("(", next("boolean"), " || ", next("boolean"), " || ", next("boolean"), ")"),
      write("!(", next("boolean"), ")"),
      ...ordered.map((kind) => write("(", next(kind), " ", comparisonSigns, " ", next(kind), ")")),
      write("(", next("integer"), " ", comparisonSigns, " ", next("decimal"), ")"),
      write("(", next("uuid"), " ", equalitySigns, " ", next("uuid"), ")"),
      write("(", next("boolean"), " ", equalitySigns, " ", next("boolean"), ")"),
      ...all.map((kind) => write("(", next(kind), " ", equalitySigns, " null)")),
      ...(["integer", "decimal", "text", "date"] as const).map((kind) =>
        write(
          "(",
          next(kind),
          " in [",
          next(kind),
          ", ",
          next(kind),
          ", ",
          fc.constantFrom("null", "null, null"),
          "])",
        ),
      ),
      write("(", next("text"), " in [", next("text"), ", ", next("text"), "])"),
      write(next("text"), fc.constantFrom(".startsWith(", ".endsWith(", ".contains("), next("text"), ")"),
      write(next("text"), ".matches(", patterns.map(quoted), ")"),
      write(
        "[",
        next("integer"),
        ", ",
        next("integer"),
        "].",
        fc.constantFrom("exists", "all", "exists_one"),
        "(x, x > ",
        next("integer"),
        ")",
      ),
      write("bool(", next("text"), " + '')"),
      write("([", next("decimal"), ", null] == [", next("decimal"), ", null])"),
      ...choices,
      ...this.#listConditions(sight, next),
    ];
  }

  #choiceConditions(sight: NamesInSight): readonly fc.Arbitrary<string>[] {
    return [...sight.values, ...this.#context].flatMap(({ text, type }) => {
      if (type.kind !== "choice" || type.options.length === 0) return [];
      const option = fc.constantFrom(...type.options.map(quoted));
      return [
        write("(", text, " ", equalitySigns, " ", option, ")"),
        write("(", text, " in [", option, ", ", option, "])"),
      ];
    });
  }

  #listConditions(
    sight: NamesInSight,
    next: (kind: MadeKind) => fc.Arbitrary<string>,
  ): readonly fc.Arbitrary<string>[] {
    const lists = this.#named(sight, ({ type }) => type.kind === "list" && type.of.kind === "text");
    if (!lists) return [];
    return [
      write("(", next("text"), " in ", lists, ")"),
      write(lists, fc.constantFrom(".exists(t, t == ", ".all(t, t != ", ".exists_one(t, t < "), next("text"), ")"),
      write("(size(", lists, ".filter(t, t.contains(", next("text"), "))) > ", next("integer"), ")"),
    ];
  }

  #texts(sight: NamesInSight, next: (kind: MadeKind) => fc.Arbitrary<string>): readonly fc.Arbitrary<string>[] {
    const lists = this.#named(sight, ({ type }) => type.kind === "list" && type.of.kind === "text");
    const choices = this.#named(sight, ({ type }) => type.kind === "choice");
    const stringed = (Object.keys(literalTexts) as MadeKind[]).map((kind) => write("string(", next(kind), ")"));
    return [
      write("(", next("text"), " + ", next("text"), ")"),
      write(fc.constantFrom("lower", "upper", "trim"), "(", next("text"), ")"),
      write(next("text"), ".substring(", next("integer"), ")"),
      write(next("text"), ".substring(", next("integer"), ", ", next("integer"), ")"),
      write(next("text"), ".replace(", fc.constantFrom("'a', 'b'", "' ', ''", "'', 'x'", "'ab', 'b'"), ")"),
      write(fc.constantFrom("least", "greatest"), "(", next("text"), ", ", next("text"), ")"),
      write(next("money"), ".currency"),
      ...stringed,
      ...(choices ? [write("string(", choices, ")"), write("(", choices, " + ", next("text"), ")")] : []),
      write("[", next("text"), ", null, ", next("text"), "].join(", next("text"), ")"),
      ...(lists
        ? [
            write(lists, ".join(", next("text"), ")"),
            write(lists, ".map(t, upper(t)).join('/')"),
            write(lists, "[", next("integer"), "]"),
          ]
        : []),
    ];
  }

  #aggregates(kind: MadeKind, sight: NamesInSight, depth: number): readonly fc.Arbitrary<string>[] {
    if (this.#options.related === false) return [];
    return sight.records.flatMap(({ text, resource }) => {
      // Inside, names are those of the related records, which lead on where there is room, and of the record itself.
      const roomy = depth > 2;
      const within = namesOf(resource, { prefix: "", hops: roomy ? 1 : 0 }, this.#scope.resources);
      const inner: NamesInSight = {
        key: `within ${resource} ${roomy}`,
        values: [...within.values, ...this.#ofRecord],
        records: roomy ? within.records : [],
      };
      const value = (of: MadeKind) => this.of(of, inner, depth - 2);
      const where = fc.oneof(fc.constant(""), write(", ", value("boolean")));
      switch (kind) {
        case "boolean":
          return [write("exists(", text, where, ")"), write("all(", text, ", ", value("boolean"), ")")];
        case "integer":
          return [
            write("count(", text, where, ")"),
            write(fc.constantFrom("sum", "min", "max"), "(", text, ", ", value("integer"), where, ")"),
          ];
        case "decimal":
          return [
            write(fc.constantFrom("sum", "avg", "min", "max"), "(", text, ", ", value("decimal"), where, ")"),
            write("avg(", text, ", ", value("integer"), where, ")"),
          ];
        case "text":
        case "date":
        case "timestamp":
          return [write(fc.constantFrom("min", "max", "first"), "(", text, ", ", value(kind), where, ")")];
        case "duration":
          return [write("sum(", text, ", ", value("duration"), where, ")")];
        default:
          return [write("first(", text, ", ", value(kind), where, ")")];
      }
    });
  }
}
