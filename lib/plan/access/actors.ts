import type { Actor } from "../types.ts";

/** Whoever sends no key and no token. */
export const anonymousActor: Actor = Object.freeze({
  kind: "anonymous",
  id: null,
  roles: [],
  tenant: null,
  attributes: {},
  unrestricted: false,
});

/** A key of the app's own servers: policies do not concern it. */
export function serviceActor(id: string): Actor {
  return Object.freeze({ kind: "apiKey", id, roles: [], tenant: null, attributes: {}, unrestricted: true });
}

/** A key with roles: policies decide what it may. */
export function keyActor(id: string, roles: readonly string[]): Actor {
  return Object.freeze({ kind: "apiKey", id, roles, tenant: null, attributes: {}, unrestricted: false });
}

/** A process of the app: policies do not concern it, since whoever made it decided what it does. */
export function processActor(name: string): Actor {
  return Object.freeze({ kind: "process", id: name, roles: [], tenant: null, attributes: {}, unrestricted: true });
}
