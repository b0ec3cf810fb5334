import type { ClaimRoles } from "#lib/model/processTypes.ts";

type Claims = Readonly<Record<string, unknown>>;

/**
 * What stands at a path of names such as `realm_access.roles`. Names may hold dots themselves, as the claims of Auth0 do
 * (`https://example.com/roles`): a longer name goes before a path.
 */
export function claimAt(claims: unknown, path: string): unknown {
  if (typeof claims !== "object" || claims === null || Array.isArray(claims)) return undefined;
  if (Object.hasOwn(claims, path)) return (claims as Claims)[path];
  for (let dot = path.lastIndexOf("."); dot > 0; dot = path.lastIndexOf(".", dot - 1)) {
    const name = path.slice(0, dot);
    if (!Object.hasOwn(claims, name)) continue;
    const found = claimAt((claims as Claims)[name], path.slice(dot + 1));
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The roles of the app that a claim gives, in the order in which the app names its roles. */
export function rolesIn(claims: Claims, from: ClaimRoles | undefined, roles: readonly string[]): readonly string[] {
  if (from === undefined) return [];
  const claim = claimAt(claims, from.claim);
  const given: readonly unknown[] = typeof claim === "string" ? [claim] : Array.isArray(claim) ? claim : [];
  const { map } = from;
  const named = new Set(given.map((name) => (map === undefined ? name : mapped(map, name))));
  return roles.filter((role) => named.has(role));
}

function mapped(map: Readonly<Record<string, string>>, name: unknown): string | undefined {
  return typeof name === "string" && Object.hasOwn(map, name) ? map[name] : undefined;
}
