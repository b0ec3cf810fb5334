import type { directoryUsers } from "#db/schema/directories.ts";
import { urns } from "../schemas/resourceTypes.ts";
import { isObject, type Json } from "../schemas/ScimSchema.ts";

export type DirectoryUser = typeof directoryUsers.$inferSelect;

export interface GroupOf {
  readonly id: string;
  readonly displayName: string;
}

/** Somebody as the directory reads them. */
export function personResource(row: DirectoryUser, groups: readonly GroupOf[], base: string): Json {
  const { id, externalId, userName, active, attributes, version, createdAt, changedAt } = row;
  return {
    schemas: [urns.user, ...(attributes[urns.enterprise] === undefined ? [] : [urns.enterprise])],
    id,
    ...(externalId !== null && { externalId }),
    userName,
    ...attributes,
    active,
    ...(groups.length > 0 && {
      groups: groups.map((group) => ({
        value: group.id,
        $ref: `${base}/Groups/${group.id}`,
        display: group.displayName,
        type: "direct",
      })),
    }),
    meta: {
      resourceType: "User",
      created: createdAt.toISOString(),
      lastModified: changedAt.toISOString(),
      location: `${base}/Users/${id}`,
      version: `W/"${version}"`,
    },
  };
}

/** What of a resource stands in columns of its own, and the rest. */
export function splitPerson({ userName, externalId, active, ...attributes }: Json) {
  return {
    userName: typeof userName === "string" ? userName.trim() : "",
    externalId: typeof externalId === "string" ? externalId : null,
    active: active !== false,
    attributes,
  };
}

/** Addresses that they could be reached by, the likeliest first. */
export function addressesOf(userName: string, { emails }: Json): readonly string[] {
  const listed = (Array.isArray(emails) ? emails : []).filter(isObject);
  const rank = ({ primary, type }: Json) => (primary === true ? 0 : type === "work" ? 1 : 2);
  const ordered = listed.toSorted((one, other) => rank(one) - rank(other)).map(({ value }) => String(value ?? ""));
  return [...ordered, userName].filter((address) => address.includes("@"));
}

export function nameOf({ displayName, name }: Json): string | null {
  if (typeof displayName === "string" && displayName.trim() !== "") return displayName;
  if (!isObject(name)) return null;
  if (typeof name.formatted === "string" && name.formatted.trim() !== "") return name.formatted;
  const both = [name.givenName, name.familyName].filter((part) => typeof part === "string").join(" ");
  return both.trim() === "" ? null : both;
}
