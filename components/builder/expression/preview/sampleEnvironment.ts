import type { Expression, RecordPath } from "#lib/expression/Expression.ts";
import type { EvaluationEnvironment } from "#lib/expression/evaluate/EvaluationEnvironment.ts";
import { evaluate } from "#lib/expression/evaluate/evaluate.ts";
import { fromCanonical, fromJson } from "#lib/expression/fromCanonical.ts";
import type { Value } from "#lib/expression/Value.ts";
import type { ValueType } from "#lib/expression/ValueType.ts";
import { aggregateExpression, calculationExpression } from "#lib/model/expressions/computedExpression.ts";
import { resourceNamed } from "#lib/model/expressions/resourceAlong.ts";
import { resourceTypes } from "#lib/model/expressions/resourceTypes.ts";
import { foreignKeyField } from "#lib/model/naming/foreignKeyField.ts";
import type { ManyToMany, Model, Relationship } from "#lib/model/types.ts";
import type { Row, SampleRows } from "./sampleRows.ts";

/** A row and what it is a row of. */
export interface SampleRecord {
  readonly resource: string;
  readonly row: Row;
}

export interface Samples {
  readonly model: Model;
  readonly rows: SampleRows;
  /** The moment of the preview. */
  readonly now: Date;
}

/** Calculations that need others that need others: so deep, and no deeper. */
const maxDepth = 16;

/** What an expression gives for one row, worked out among the sample rows. */
export function sampleValue(expression: Expression, record: SampleRecord, samples: Samples): Value {
  return evaluate(expression, new SampleEnvironment(record, samples, 0));
}

class SampleEnvironment implements EvaluationEnvironment {
  readonly record: SampleRecord;
  readonly #samples: Samples;
  readonly #depth: number;

  constructor(record: SampleRecord, samples: Samples, depth: number) {
    this.record = record;
    this.#samples = samples;
    this.#depth = depth;
  }

  context(path: readonly string[]): Value {
    const moment = this.#samples.now.toISOString();
    if (path[0] === "now") return fromCanonical({ kind: "timestamp" }, moment);
    return path[0] === "today" ? fromCanonical({ kind: "date" }, moment.slice(0, 10)) : null;
  }

  field(root: unknown, path: RecordPath, field: string): Value {
    const start = root as SampleRecord | null;
    const at = start && this.#along(start, path.relationships);
    return at ? this.#value(at, field) : null;
  }

  related(root: unknown, from: RecordPath, path: readonly string[]): readonly SampleRecord[] {
    const start = this.#along(root as SampleRecord, from.relationships);
    return path.reduce<readonly SampleRecord[]>(
      (records, name) => records.flatMap((record) => this.#across(record, name)),
      start ? [start] : [],
    );
  }

  #along(start: SampleRecord, relationships: readonly string[]): SampleRecord | null {
    return relationships.reduce<SampleRecord | null>(
      (record, name) => (record ? (this.#across(record, name)[0] ?? null) : null),
      start,
    );
  }

  #across(record: SampleRecord, name: string): readonly SampleRecord[] {
    const { model } = this.#samples;
    const relationship = resourceNamed(model, record.resource)?.relationships.find((one) => one.name === name);
    if (!relationship) return [];
    return this.#rowsOf(relationship, record).map((row) => ({ resource: relationship.target, row }));
  }

  #rowsOf(relationship: Relationship, { resource, row }: SampleRecord): readonly Row[] {
    const { model, rows } = this.#samples;
    const others = rows.of.get(relationship.target) ?? [];
    switch (relationship.kind) {
      case "belongsTo":
        return others.filter(({ id }) => same(id, row[foreignKeyField(relationship)])).slice(0, 1);
      case "hasOne":
      case "hasMany":
        return others.filter((other) => same(other[foreignKeyField({ name: relationship.via })], row.id));
      case "manyToMany": {
        if (relationship.through !== undefined) return this.#through(relationship, resource, row);
        const inverse = resourceNamed(model, relationship.target)?.relationships.find(
          (other) => other.kind === "manyToMany" && other.owner && other.table === relationship.table,
        );
        const listed = (of: Row, by: string, id: unknown) => {
          const ids = of[by];
          return Array.isArray(ids) && ids.some((one) => same(one, id));
        };
        return relationship.owner || !inverse
          ? others.filter(({ id }) => listed(row, relationship.name, id))
          : others.filter((other) => listed(other, inverse.name, row.id));
      }
    }
  }

  #through({ through = "", target, sourceVia, targetVia }: ManyToMany, source: string, row: Row): readonly Row[] {
    const { model, rows } = this.#samples;
    const ends = resourceNamed(model, through)?.relationships.filter(({ kind }) => kind === "belongsTo") ?? [];
    const own = ends.find(({ name, target: to }) => (sourceVia === undefined ? to === source : name === sourceVia));
    const far = ends.find(
      (end) => end !== own && (targetVia === undefined ? end.target === target : end.name === targetVia),
    );
    if (!own || !far) return [];
    const links = (rows.of.get(through) ?? []).filter((link) => same(link[foreignKeyField(own)], row.id));
    const others = rows.of.get(target) ?? [];
    return links.flatMap((link) => others.filter(({ id }) => same(id, link[foreignKeyField(far)])));
  }

  #value({ resource: of, row }: SampleRecord, field: string): Value {
    const { model } = this.#samples;
    const resource = resourceNamed(model, of);
    const member = resourceTypes(model).of(of)?.members.get(field);
    if (!resource || member?.kind !== "field") return null;
    const computed = this.#computed(of, field);
    if (!computed) return stored(member.type, row[field]);
    // A value that needs itself has none; the model says so elsewhere.
    if (this.#depth >= maxDepth) return null;
    return evaluate(computed, new SampleEnvironment({ resource: of, row }, this.#samples, this.#depth + 1));
  }

  #computed(of: string, field: string): Expression | null {
    const { model } = this.#samples;
    const resource = resourceNamed(model, of);
    const calculation = resource?.calculations?.find(({ name }) => name === field);
    const aggregate = resource?.aggregates?.find(({ name }) => name === field);
    if (!resource || (!calculation && !aggregate)) return null;
    try {
      if (calculation) return calculationExpression(model, resource, calculation);
      return aggregate ? aggregateExpression(model, resource, aggregate) : null;
    } catch {
      // One with a problem of its own has no value here.
      return null;
    }
  }
}

function stored(type: ValueType, value: unknown): Value {
  return fromJson(type, value);
}

function same(a: unknown, b: unknown): boolean {
  return a !== null && a !== undefined && b !== null && b !== undefined && String(a) === String(b);
}
