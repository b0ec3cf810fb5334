import type { FieldError } from "../../errors/AppError.ts";
import { foreignKeyField } from "../../model/naming/foreignKeyField.ts";
import type { RequestContext } from "../access/contextValues.ts";
import { entityNamed, relationshipNamed } from "../catalog/Catalog.ts";
import { Parameters } from "../Parameters.ts";
import type { FieldValue, NestedCreates, Selection, WritePlan } from "../types.ts";
import { maxNested } from "./limits.ts";
import { namesIn, readRows, rowsJson } from "./newRows.ts";
import type { NestedInput } from "./readInput.ts";
import { fieldValues } from "./shapes.ts";
import { addFields, type WriteContext } from "./WriteContext.ts";

const keyAlone: Selection = [{ kind: "field", as: "key", field: "id" }];

interface Part {
  readonly relationship: NestedInput["relationship"];
  readonly context: WriteContext;
  readonly rows: ReturnType<typeof readRows>["rows"];
  readonly given: readonly string[];
}

/** The records that are given inside of a new one. They go one level deep. */
export class NestedPlans {
  readonly errors: FieldError[] = [];
  readonly #told: (() => readonly FieldError[])[] = [];
  readonly #outer: WriteContext;
  readonly #request: RequestContext;
  readonly #parts: Part[] = [];

  constructor(outer: WriteContext, request: RequestContext) {
    this.#outer = outer;
    this.#request = request;
  }

  read({ relationship, value }: NestedInput): void {
    const { catalog, actor } = this.#outer;
    const { name, target } = relationship;
    const entity = entityNamed(catalog, target);
    const isList = relationship.kind === "hasMany";
    if (isList !== Array.isArray(value)) {
      const message = isList ? `Give a list of objects of ${target}.` : `Give an object of ${target}.`;
      this.#refuse({ field: name, rule: "type", message });
      return;
    }
    if (!entity.resource.actions.includes("create")) {
      this.#refuse({ field: name, rule: "readOnly", message: `Records of ${target} cannot be created.` });
      return;
    }
    const inputs: readonly unknown[] = Array.isArray(value) ? value : [value];
    if (inputs.length > maxNested) {
      this.#refuse({ field: name, rule: "maxItems", message: `Give at most ${maxNested} objects.` });
      return;
    }
    const context: WriteContext = { catalog, entity, selection: keyAlone, ...(actor && { actor }) };
    const given = relationship.kind === "belongsTo" ? null : this.#via(relationship);
    const read = readRows(inputs, context, { prefix: isList ? `${name}.` : "", spared: given });
    const placed = (errors: readonly FieldError[]) =>
      isList ? errors : errors.map((error) => ({ ...error, field: error.field.replace(/^0/, name) }));
    this.errors.push(...placed(read.errors));
    this.#told.push(() => placed(read.told()));
    if (inputs.length > 0) this.#parts.push({ relationship, context, rows: read.rows, given: namesIn(inputs) });
  }

  #refuse(error: FieldError): void {
    this.errors.push(error);
    this.#told.push(() => [error]);
  }

  /** See `NewRecord`. */
  told(): readonly FieldError[] {
    return this.#told.flatMap((one) => one());
  }

  /** The field of the inner record that holds the key of the outer one. */
  #via(relationship: Exclude<NestedInput["relationship"], { kind: "belongsTo" }>): string {
    const target = entityNamed(this.#outer.catalog, relationship.target);
    const via = relationshipNamed(target, relationship.via);
    if (via.kind !== "belongsTo") throw new Error(`${relationship.name} must mirror a belongsTo.`);
    return foreignKeyField(via);
  }

  /** The plans, and the outer record's references to what is created before it. */
  finish(parameters: Parameters): {
    readonly references: readonly FieldValue[];
    readonly plans: { readonly nested?: NestedCreates };
  } {
    const references: FieldValue[] = [];
    const before: NestedCreates["before"][number][] = [];
    const after: NestedCreates["after"][number][] = [];
    for (const part of this.#parts) {
      const { relationship, context, rows } = part;
      const { name } = relationship;
      if (relationship.kind === "belongsTo") {
        const parameter = parameters.add(null);
        references.push({ field: foreignKeyField(relationship), parameter });
        before.push({ place: name, plan: this.#one(part), parameter });
      } else {
        const inner = new Parameters();
        const { fields, json } = rowsJson(rows, context, this.#request);
        const at = inner.add(json);
        const parameter = inner.add(null);
        const shape = {
          kind: "createMany",
          given: part.given,
          resource: context.entity.name,
          fields: fields.filter((field) => field !== this.#via(relationship)),
          rows: at,
          shared: [{ field: this.#via(relationship), parameter }],
          selection: keyAlone,
        } as const;
        after.push({ place: name, plan: { shape, parameters: inner.values, now: this.#request.now }, parameter });
      }
    }
    return { references, plans: this.#parts.length > 0 ? { nested: { before, after } } : {} };
  }

  #one({ context: { entity }, rows: [values = new Map()], given }: Part): WritePlan {
    const parameters = new Parameters();
    const set = fieldValues(addFields(entity, values, parameters), 0);
    const shape = { kind: "create", given, resource: entity.name, set, links: [], selection: keyAlone } as const;
    return { shape, parameters: parameters.values, now: this.#request.now };
  }
}
