import { isStandardAction } from "../actions/actionsOf.ts";
import { identities } from "../actions/identities.ts";
import { manyField, mutationField, readField } from "../naming/actionFields.ts";
import { queryFields } from "../naming/graphqlNames.ts";
import { restPath } from "../naming/restPath.ts";
import type { Action, Resource } from "../types.ts";
import { isOffered, offers, restName } from "./operations.ts";

export interface RestForm {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** Below the app's address; `{id}` stands for the key of a record. */
  readonly path: string;
  /** Whether it is about the records that its filter finds, or those that its body names. */
  readonly many: boolean;
}

type Named = Pick<Action, "name" | "type">;

/** The requests by which REST offers an action; none where it is hidden. */
export function restForms(resource: Resource, { name, type }: Named): readonly RestForm[] {
  if (!isOffered(resource, name, "rest")) return [];
  const path = `/rest/v1/${restPath(resource)}`;
  const form = (method: RestForm["method"], at: string, many = false): RestForm => ({ method, path: at, many });
  if (!isStandardAction(name)) {
    const called = restName(resource, name);
    if (type === "read") return [form("GET", `${path}:${called}`, true)];
    if (type === "create") return [form("POST", `${path}:${called}`)];
    return [form("POST", `${path}/{id}/${called}`), form("POST", `${path}:${called}`, true)];
  }
  switch (name) {
    case "read":
      return [form("GET", path, true), form("GET", `${path}/{id}`)];
    case "create":
      return [form("POST", path), ...(offers(resource, "update", "rest") ? [form("PUT", path)] : [])];
    case "update":
      return [form("PATCH", `${path}/{id}`), form("PATCH", path, true)];
    case "destroy":
      return [form("DELETE", `${path}/{id}`), form("DELETE", path, true)];
  }
}

/** The fields by which GraphQL offers an action, the main one first; none where it is hidden. */
export function graphqlForms(resource: Resource, { name, type }: Named): readonly string[] {
  if (!isOffered(resource, name, "graphql")) return [];
  const one = mutationField(name, resource);
  if (!isStandardAction(name)) {
    if (type === "read") return [readField(name, resource)];
    return type === "create" ? [one] : [one, manyField(name, resource)];
  }
  if (name === "read") {
    const fields = queryFields(resource);
    return [fields.many, fields.one];
  }
  if (name === "create") {
    const upserts = offers(resource, "update", "graphql") && identities(resource).length > 0;
    return upserts ? [one, mutationField("upsert", resource)] : [one];
  }
  return [one, manyField(name, resource)];
}
