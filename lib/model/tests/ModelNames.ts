import { actionsOf } from "../actions/actionsOf.ts";
import type { ModelCommand } from "../commands/ModelCommand.ts";
import type { Renames } from "../edit/Renames.ts";
import { memberName, resourceNow, valueObjectNow } from "../edit/Renames.ts";
import { foreignKeyField } from "../naming/foreignKeyField.ts";
import type { Attribute, AttributeType, JsonValue, Model, Relationship, Resource } from "../types.ts";

export interface ModelChange {
  readonly before: Model;
  readonly after: Model;
  readonly renames: Renames;
  /** That led from one to the other. */
  readonly command: ModelCommand;
}

/** What the names of one model are in the one that it has become: null where a thing is gone, the same where it is unknown. */
export class ModelNames {
  readonly before: Model;
  readonly #after: Model;
  readonly #renames: Renames;
  readonly #command: ModelCommand;

  constructor({ before, after, renames, command }: ModelChange) {
    this.before = before;
    this.#after = after;
    this.#renames = renames;
    this.#command = command;
  }

  known(resource: string): Resource | undefined {
    return this.before.resources.find(({ name }) => name === resource);
  }

  resource(name: string): string | null {
    const known = this.known(name);
    if (!known) return name;
    return resourceNow(known, this.#after, this.#renames)?.name ?? null;
  }

  /** An attribute, a relationship, the key field of a belongsTo, a calculation or an aggregate. */
  field(resource: string, name: string): string | null {
    const was = this.known(resource);
    const now = was && resourceNow(was, this.#after, this.#renames);
    if (!was || !fieldsOf(was).has(name)) return name;
    if (!now) return null;
    const keyed = was.relationships.find((one) => one.kind === "belongsTo" && foreignKeyField(one) === name);
    const renamed = memberName(was, keyed?.name ?? name, this.#renames);
    const called = keyed ? foreignKeyField({ name: renamed }) : renamed;
    return fieldsOf(now).has(called) ? called : null;
  }

  action(resource: string, name: string): string | null {
    const was = this.known(resource);
    const now = was && resourceNow(was, this.#after, this.#renames);
    if (!was || !actionsOf(was).some((action) => action.name === name)) return name;
    const command = this.#command;
    const isRenamed = command.type === "renameAction" && command.resource === resource && command.action === name;
    const called = isRenamed ? command.to : name;
    return now && actionsOf(now).some((action) => action.name === called) ? called : null;
  }

  /** Of an action. */
  argument(resource: string, action: string, name: string): string | null {
    const was = this.known(resource);
    const now = was && resourceNow(was, this.#after, this.#renames);
    const declared = (one: Resource | null | undefined, of: string) =>
      (one && actionsOf(one).find((candidate) => candidate.name === of)?.arguments) ?? [];
    if (!declared(was, action).some((argument) => argument.name === name)) return name;
    const command = this.#command;
    const isOf = command.type === "renameArgument" && command.resource === resource && command.action === action;
    const called = isOf && command.argument === name ? command.to : name;
    const ofNow = this.action(resource, action);
    return ofNow !== null && declared(now, ofNow).some((argument) => argument.name === called) ? called : null;
  }

  isArgument(resource: string, action: string, name: string): boolean {
    const was = this.known(resource);
    return (
      (was && actionsOf(was).find((one) => one.name === action)?.arguments)?.some((one) => one.name === name) ?? false
    );
  }

  role(name: string): string {
    const command = this.#command;
    return command.type === "renameRole" && command.role === name ? command.to : name;
  }

  relationship(resource: string, name: string): Relationship | undefined {
    return this.known(resource)?.relationships.find((relationship) => relationship.name === name);
  }

  /** The value with the new names of its options and parts. */
  value(resource: string, field: string, value: JsonValue): JsonValue {
    const was = this.known(resource)?.attributes.find(({ name }) => name === field);
    const called = this.field(resource, field);
    const now = this.#after.resources
      .find(({ name }) => name === this.resource(resource))
      ?.attributes.find(({ name }) => name === called);
    return was && now ? this.#valueOf(was, now, value) : value;
  }

  option(resource: string, field: string, name: string): string {
    const now = this.value(resource, field, name);
    return typeof now === "string" ? now : name;
  }

  #valueOf(
    { type: was }: Pick<Attribute, "type">,
    { type: now }: Pick<Attribute, "type">,
    value: JsonValue,
  ): JsonValue {
    if (isList(value)) return value.map((item) => this.#valueOf({ type: itemOf(was) }, { type: itemOf(now) }, item));
    if (was.kind === "choice" && now.kind === "choice") {
      const stored = was.options.find(({ name }) => name === value)?.stored;
      return now.options.find((option) => option.stored === stored)?.name ?? value;
    }
    if (was.kind !== "embed" || typeof value !== "object" || value === null) return value;
    const parts = this.before.valueObjects?.find(({ name }) => name === was.valueObject);
    const partsNow = parts && valueObjectNow(parts, this.#after, this.#renames);
    if (!parts || !partsNow) return value;
    const entries = Object.entries(value).flatMap(([name, part]): [string, JsonValue][] => {
      const one = parts.attributes.find((attribute) => attribute.name === name);
      const called = memberName(parts, name, this.#renames);
      const other = partsNow.attributes.find((attribute) => attribute.name === called);
      if (!one) return [[name, part]];
      return other ? [[called, this.#valueOf(one, other, part)]] : [];
    });
    return Object.fromEntries(entries);
  }
}

function fieldsOf(resource: Resource): ReadonlySet<string> {
  const { attributes, relationships, calculations = [], aggregates = [] } = resource;
  const members = [...attributes, ...relationships, ...calculations, ...aggregates].map(({ name }) => name);
  return new Set([
    ...members,
    ...relationships.flatMap((one) => (one.kind === "belongsTo" ? [foreignKeyField(one)] : [])),
  ]);
}

function itemOf(type: AttributeType): AttributeType {
  return type.kind === "list" ? type.of : type;
}

function isList(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}
