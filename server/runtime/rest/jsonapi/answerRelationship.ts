import { foreignKeyField } from "#lib/model/naming/foreignKeyField.ts";
import { isToOne } from "#lib/model/relationships/isToOne.ts";
import type { Relationship } from "#lib/model/types.ts";
import { type Entity, entityNamed } from "#lib/plan/catalog/Catalog.ts";
import type { Answer } from "../../http/Answer.ts";
import { noSuchName, refusedMethod } from "../refusals.ts";
import { isRecord, type Members, recordsIn } from "./Compound.ts";
import type { Conversation } from "./Conversation.ts";
import { typeOf } from "./memberNames.ts";
import { readLinkage } from "./readDocument.ts";

export interface RelationshipPlace {
  readonly entity: Entity;
  /** As the path has it. */
  readonly id: string;
  readonly name: string;
}

/** `/deals/{id}/relationships/<name>`: the linkage alone, to be read and to be changed. */
export async function answerRelationship(talk: Conversation, place: RelationshipPlace): Promise<Answer> {
  const { entity, name } = place;
  const relationship = entity.relationships.get(name);
  if (!relationship) {
    throw noSuchName(`${entity.name} has no relationship of this name.`, [...entity.relationships.keys()]);
  }
  const { method } = talk.call.request;
  const { kind } = relationship;
  if (method === "GET" || method === "HEAD") return read(talk, place, relationship);
  const changes = kind === "belongsTo" ? ["PATCH"] : ["PATCH", "POST", "DELETE"];
  if (!changes.includes(method))
    throw refusedMethod({ GET: true, ...Object.fromEntries(changes.map((each) => [each, true])) });
  const toInput = (text: string) => {
    const linkage = readLinkage(text, relationship, talk.call.app.catalog);
    if (kind === "belongsTo") return { [foreignKeyField(relationship)]: linkage };
    return { [name]: method === "POST" ? { add: linkage } : method === "DELETE" ? { remove: linkage } : linkage };
  };
  return talk.ask({ method: "PATCH", path: pathOf(place), query: "", body: toInput, prefer: "return=minimal" });
}

function pathOf({ entity, id }: RelationshipPlace): string {
  return `${typeOf(entity)}/${id}`;
}

async function read(talk: Conversation, place: RelationshipPlace, relationship: Relationship): Promise<Answer> {
  const { name } = relationship;
  const target = entityNamed(talk.call.app.catalog, relationship.target);
  const type = typeOf(target);
  const self = `${talk.root}${pathOf(place)}/relationships/${name}`;
  const related = `${talk.root}${pathOf(place)}/${name}`;
  if (isToOne(relationship)) {
    const isKey = relationship.kind === "belongsTo";
    const key = isKey ? foreignKeyField(relationship) : "id";
    const query = isKey ? `fields=id,${key}` : `fields=id&include=${name}&fields%5B${name}%5D=id`;
    const answer = await talk.ask({ path: pathOf(place), query });
    return talk.print(answer, (json) => {
      const record = (isKey ? json : isRecord(json) && json[name]) as Members | null;
      const id = isRecord(record) ? (record[key] ?? null) : null;
      return { data: id === null ? null : { type, id: String(id) }, links: { self, related } };
    });
  }
  const { query } = talk.query({ entity: target });
  const parts = [query, "fields=id"].filter((part) => part !== "");
  const answer = await talk.ask({ path: `${pathOf(place)}/${name}`, query: parts.join("&") });
  return talk.print(answer, (json) => {
    const data = recordsIn(isRecord(json) ? json.data : null).map(({ id }) => ({ type, id: String(id) }));
    const pages = talk.pages(json) as { readonly links: object };
    return { ...pages, data, links: { ...pages.links, related } };
  });
}
