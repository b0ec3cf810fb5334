import type { Expression } from "#lib/expression/Expression.ts";
import { compileExpression } from "#lib/expression/evaluate/compileExpression.ts";
import type { EvaluationEnvironment } from "#lib/expression/evaluate/EvaluationEnvironment.ts";
import { fromJson } from "#lib/expression/fromCanonical.ts";
import { toJson } from "#lib/expression/toCanonical.ts";
import type { Value } from "#lib/expression/Value.ts";
import { actorType } from "#lib/model/expressions/actorType.ts";
import { valueTypeOf } from "#lib/model/expressions/valueTypeOf.ts";
import type { Relationship } from "#lib/model/types.ts";
import { modelRules } from "#lib/plan/access/modelRules.ts";
import { names, noRules } from "#lib/plan/access/Rules.ts";
import {
  type Catalog,
  type Entity,
  entityNamed,
  isComputed,
  readableNamed,
  referenceOf,
  relationshipNamed,
} from "#lib/plan/catalog/Catalog.ts";
import type { Actor } from "#lib/plan/types.ts";
import type { Plain, Row, World } from "./World.ts";

export interface EyesParts {
  readonly catalog: Catalog;
  readonly world: World;
  readonly actor: Actor;
  /** Sees all there is, as the app itself does. */
  readonly full?: boolean;
}

/**
 * What policies mean, said slowly: one record at a time, each policy worked out on it in JavaScript. Shares with what it
 * judges how expressions are checked and worked out, and nothing else.
 */
export class Eyes {
  readonly #catalog: Catalog;
  readonly #world: World;
  readonly #actor: Actor;
  readonly #full: boolean;
  /** What policies see: everything. */
  readonly #app: Eyes;
  /** What was decided already, while the world stays as it is. */
  readonly #decided = new Map<Row, Map<string, boolean>>();

  constructor({ catalog, world, actor, full = false }: EyesParts) {
    this.#catalog = catalog;
    this.#world = world;
    this.#actor = actor;
    this.#full = full;
    this.#app = full ? this : new Eyes({ catalog, world, actor, full: true });
  }

  get app(): Eyes {
    return this.#app;
  }

  /** Whether an action is allowed on a record as it is. */
  may(row: Row, action: string): boolean {
    if (this.#full) return true;
    return this.#once(row, action, () => {
      const rules = (modelRulesOf(this.#catalog).get(row.resource) ?? noRules).policies.filter((policy) =>
        names(policy, { name: action, type: action }),
      );
      const outcomes = (effect: string) =>
        rules.filter((rule) => rule.effect === effect).map(({ expression }) => this.#app.#worked(row, expression));
      return outcomes("allow").includes(true) && outcomes("forbid").every((outcome) => outcome === false);
    });
  }

  sees(row: Row): boolean {
    return this.may(row, "read");
  }

  /** Whether a field, or a relationship that is none, may be read or written in a record. */
  mayField(row: Row, field: string, side: "read" | "write"): boolean {
    if (this.#full) return true;
    return this.#once(row, `${side} ${field}`, () =>
      (modelRulesOf(this.#catalog).get(row.resource) ?? noRules).fields
        .filter((rule) => rule.fields.includes(field))
        .every((rule) => {
          const condition = rule[side];
          return condition === null || this.#app.#worked(row, condition) === true;
        }),
    );
  }

  #once(row: Row, question: string, decide: () => boolean): boolean {
    let decided = this.#decided.get(row);
    if (!decided) {
      decided = new Map();
      this.#decided.set(row, decided);
    }
    const answer = decided.get(question) ?? decide();
    decided.set(question, answer);
    return answer;
  }

  /** The records of a resource that are there for these eyes. */
  all(resource: string): readonly Row[] {
    return this.#world.all(resource).filter((row) => this.sees(row));
  }

  /** A field as it shows. */
  value(row: Row, name: string): Plain {
    if (!this.mayField(row, name, "read")) return null;
    const field = readableNamed(this.#entity(row), name);
    if (!isComputed(field)) return row.values[name] ?? null;
    const type = valueTypeOf(field.type, this.#catalog.model);
    const plain = toJson(type, this.#worked(row, field.expression())) as Plain;
    return field.type.kind === "integer" && plain !== null ? Number(plain) : plain;
  }

  one(row: Row, name: string): Row | null {
    const relationship = relationshipNamed(this.#entity(row), name);
    if (relationship.kind === "belongsTo") {
      const target = this.#world.row(
        relationship.target,
        this.value(row, referenceOf(this.#entity(row), relationship).name),
      );
      return target && this.sees(target) ? target : null;
    }
    return this.many(row, name)[0] ?? null;
  }

  many(row: Row, name: string): readonly Row[] {
    if (!this.mayField(row, name, "read")) return [];
    const relationship = relationshipNamed(this.#entity(row), name);
    return this.#led(row, relationship).filter((target) => this.sees(target));
  }

  #led(row: Row, relationship: Relationship): readonly Row[] {
    const targets = this.#world.all(relationship.target);
    if (relationship.kind === "manyToMany") {
      const linked = (id: string) => (relationship.owner ? `${row.id} ${id}` : `${id} ${row.id}`);
      return targets.filter(({ id }) => this.#world.links.has(linked(id)));
    }
    if (relationship.kind === "belongsTo") throw new Error(`${relationship.name} leads to one.`);
    const target = entityNamed(this.#catalog, relationship.target);
    const via = relationshipNamed(target, relationship.via);
    if (via.kind !== "belongsTo") throw new Error(`${relationship.name} mirrors no belongsTo.`);
    return targets.filter((candidate) => this.value(candidate, referenceOf(target, via).name) === row.id);
  }

  #worked(row: Row, expression: Expression): Value {
    return functionOf(expression)(this.#environment(row));
  }

  #environment(row: Row): EvaluationEnvironment {
    const walk = (root: unknown, path: readonly string[]) =>
      path.reduce<Row | null>((at, name) => at && this.one(at, name), root as Row | null);
    return {
      record: row,
      context: (path) => this.#context(path),
      field: (root, { relationships }, name) => {
        const at = walk(root, relationships);
        if (!at) return null;
        const type = valueTypeOf(readableNamed(this.#entity(at), name).type, this.#catalog.model);
        return fromJson(type, this.value(at, name));
      },
      related: (root, { relationships }, path) => {
        const from = walk(root, relationships);
        return path.reduce<readonly Row[]>(
          (rows, name) =>
            rows.flatMap((each) => (this.#isMany(each, name) ? this.many(each, name) : (this.one(each, name) ?? []))),
          from ? [from] : [],
        );
      },
    };
  }

  #isMany(row: Row, name: string): boolean {
    const { kind } = relationshipNamed(this.#entity(row), name);
    return kind === "hasMany" || kind === "manyToMany";
  }

  #context([root, name = ""]: readonly string[]): Value {
    if (root !== "actor") throw new Error(`The oracle knows nothing of ${root}.`);
    const { kind, id, roles, tenant, attributes } = this.#actor;
    const given: Readonly<Record<string, unknown>> = { ...attributes, kind, id, roles, tenant, role: roles[0] ?? null };
    const type = actorType(this.#catalog.model);
    const member = type.kind === "object" ? type.members.find((candidate) => candidate.name === name) : undefined;
    return member ? fromJson(member.type, given[name]) : null;
  }

  #entity({ resource }: Row): Entity {
    return entityNamed(this.#catalog, resource);
  }
}

const rulesByCatalog = new WeakMap<Catalog, ReturnType<typeof modelRules>>();

function modelRulesOf(catalog: Catalog): ReturnType<typeof modelRules> {
  const rules = rulesByCatalog.get(catalog) ?? modelRules(catalog.model);
  rulesByCatalog.set(catalog, rules);
  return rules;
}

const functions = new WeakMap<Expression, ReturnType<typeof compileExpression>>();

function functionOf(expression: Expression): ReturnType<typeof compileExpression> {
  const known = functions.get(expression) ?? compileExpression(expression);
  functions.set(expression, known);
  return known;
}
