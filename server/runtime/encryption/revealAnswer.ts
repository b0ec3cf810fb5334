import { type Catalog, type Entity, entityNamed, relationshipNamed } from "#lib/plan/catalog/Catalog.ts";
import type { EdgeMember, ListMember, ListOutput, Plan, Selection } from "#lib/plan/types.ts";
import { parseExactJson } from "#lib/plan/values/exactJson.ts";
import { isEncrypted, placeOf } from "./encryptedPlaces.ts";
import type { FieldCipher } from "./FieldCipher.ts";

/**
 * The answer of a plan with the values of encrypted fields opened. They are found by what the plan selects, never by how
 * they look, so that nobody has a stolen value opened by writing it into another field. Answers that show none pass
 * through as they are.
 */
export function revealAnswer(answer: Uint8Array, plan: Plan, { catalog, cipher }: Revealing): Uint8Array {
  const { shape } = plan;
  const entity = entityNamed(catalog, shape.resource);
  const reveal = new Reveal(catalog, cipher);
  switch (shape.kind) {
    case "updateMany":
    case "destroyMany":
    case "summary":
      return answer;
    case "changes":
      if (!reveal.shows(entity, shape.selection)) return answer;
      return printed(answer, (json) => reveal.changes(json, entity, shape.selection));
    case "many":
      if (!reveal.showsInList(entity, shape.list.output)) return answer;
      return printed(answer, (json) => reveal.list(json, entity, shape.list.output));
    default: {
      const { selection } = shape;
      if (!reveal.shows(entity, selection)) return answer;
      return printed(answer, (json) => reveal.records(json, entity, selection));
    }
  }
}

export interface Revealing {
  readonly catalog: Catalog;
  readonly cipher: FieldCipher;
}

/** Numbers keep their digits on the way. */
function printed(answer: Uint8Array, change: (json: unknown) => void): Uint8Array {
  const json = parseExactJson(Buffer.from(answer.buffer, answer.byteOffset, answer.byteLength).toString("utf8"));
  change(json);
  return Buffer.from(JSON.stringify(json));
}

type Members = Record<string, unknown>;

function isObject(json: unknown): json is Members {
  return typeof json === "object" && json !== null && !Array.isArray(json);
}

class Reveal {
  readonly #catalog: Catalog;
  readonly #cipher: FieldCipher;

  constructor(catalog: Catalog, cipher: FieldCipher) {
    this.#catalog = catalog;
    this.#cipher = cipher;
  }

  shows(entity: Entity, selection: Selection): boolean {
    return selection.some((member) => {
      if (member.kind === "field") return this.#isEncrypted(entity, member.field);
      if (member.kind === "one") return this.shows(this.#target(entity, member.relationship), member.selection);
      if (member.kind !== "many") return false;
      return this.showsInList(this.#target(entity, member.relationship), member.list.output);
    });
  }

  showsInList(entity: Entity, output: ListOutput): boolean {
    return selectionsOf(output).some((selection) => this.shows(entity, selection));
  }

  /** One record, a list of them, or the record of an upsert or of a change among others. */
  records(json: unknown, entity: Entity, selection: Selection): void {
    if (Array.isArray(json)) for (const item of json) this.records(item, entity, selection);
    else if (isObject(json)) {
      this.#record(json, entity, selection);
      for (const name of ["record", "before", "after", "data"]) {
        if (!selection.some((member) => member.as === name)) this.records(json[name], entity, selection);
      }
    }
  }

  /** Their records are texts of JSON. */
  changes(json: unknown, entity: Entity, selection: Selection): void {
    for (const change of Array.isArray(json) ? json : []) {
      if (!Array.isArray(change) || typeof change[3] !== "string") continue;
      const record = parseExactJson(change[3]);
      this.records(record, entity, selection);
      change[3] = JSON.stringify(record);
    }
  }

  list(json: unknown, entity: Entity, output: ListOutput): void {
    if (output.kind === "array") this.records(json, entity, output.selection);
    else if (isObject(json)) for (const member of output.members) this.#member(json, entity, member);
  }

  #member(json: Members, entity: Entity, member: ListMember): void {
    const value = json[member.as];
    if (!Array.isArray(value)) return;
    if (member.kind === "items") for (const item of value) this.records(item, entity, member.selection);
    if (member.kind !== "edges") return;
    for (const edge of value) {
      if (isObject(edge)) for (const part of member.members) this.#node(edge, entity, part);
    }
  }

  #node(edge: Members, entity: Entity, part: EdgeMember): void {
    if (part.kind === "node") this.records(edge[part.as], entity, part.selection);
  }

  #record(json: Members, entity: Entity, selection: Selection): void {
    for (const member of selection) {
      const value = json[member.as];
      if (value === null || value === undefined) continue;
      if (member.kind === "field") {
        const field = entity.fields.get(member.field);
        if (field && isEncrypted(field)) json[member.as] = this.#cipher.open(String(value), placeOf(entity, field));
      } else if (member.kind === "one") {
        this.records(value, this.#target(entity, member.relationship), member.selection);
      } else if (member.kind === "many") {
        this.list(value, this.#target(entity, member.relationship), member.list.output);
      }
    }
  }

  #isEncrypted(entity: Entity, name: string): boolean {
    const field = entity.fields.get(name);
    return field !== undefined && isEncrypted(field);
  }

  #target(entity: Entity, relationship: string): Entity {
    return entityNamed(this.#catalog, relationshipNamed(entity, relationship).target);
  }
}

function selectionsOf(output: ListOutput): readonly Selection[] {
  if (output.kind === "array") return [output.selection];
  return output.members.flatMap((member) => {
    if (member.kind === "items") return [member.selection];
    if (member.kind !== "edges") return [];
    return member.members.flatMap((part) => (part.kind === "node" ? [part.selection] : []));
  });
}
