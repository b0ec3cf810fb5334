import { actionsOf, isStandardAction } from "#lib/model/actions/actionsOf.ts";
import type { Attribute, Resource } from "#lib/model/types.ts";
import type { NewRecord, Profile } from "../accounts/UserRecords.ts";
import type { Users } from "../Users.ts";

/** Standard claims of OpenID Connect, by the attributes that say the same. */
const claimOf: ReadonlyMap<string, string> = new Map(
  Object.entries({
    name: "name",
    fullName: "name",
    displayName: "name",
    givenName: "given_name",
    firstName: "given_name",
    familyName: "family_name",
    lastName: "family_name",
    nickname: "nickname",
    username: "preferred_username",
    picture: "picture",
    avatar: "picture",
    locale: "locale",
    language: "locale",
  }),
);

/**
 * What the record of somebody new is made of besides the address: what the provider tells of them, as far as the action
 * `signUp`, or the standard create, accepts it.
 */
export function profileOf(users: Users, claims: Readonly<Record<string, unknown>>): Omit<NewRecord, "email"> {
  const resource = users.records.entity?.resource;
  if (!resource) return { profile: {} };
  const action = users.records.has("signUp", "create") ? { action: "signUp" } : {};
  const accepted = acceptedBy(resource, action.action ?? "create");
  const profile: Profile = Object.fromEntries(
    resource.attributes.flatMap((attribute) => {
      const value = accepted(attribute.name) ? told(attribute, claims) : null;
      return value === null ? [] : [[attribute.name, value]];
    }),
  );
  return { profile, ...action };
}

/** Standard actions accept what can be written, those with names of their own what they name. */
function acceptedBy(resource: Resource, action: string): (field: string) => boolean {
  const accept = actionsOf(resource).find(({ name }) => name === action)?.accept;
  return (field) => accept?.includes(field) ?? isStandardAction(action);
}

function told(attribute: Attribute, claims: Readonly<Record<string, unknown>>): string | null {
  const { name, type, writable, maxLength = 1000 } = attribute;
  const claim = claimOf.get(name);
  if (claim === undefined || writable === "readOnly" || (type.kind !== "text" && type.kind !== "url")) return null;
  const value = Object.hasOwn(claims, claim) ? claims[claim] : null;
  return typeof value === "string" && value !== "" && [...value].length <= maxLength ? value : null;
}
