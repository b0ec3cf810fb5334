import { groupSchema, groupUrn } from "./groupSchema.ts";
import { attribute, type ScimAttribute, type ScimSchema } from "./ScimSchema.ts";
import { enterpriseSchema, enterpriseUrn, userSchema, userUrn } from "./userSchema.ts";

/** What every resource has (RFC 7643, 3.1). */
const common: readonly ScimAttribute[] = [
  attribute("id", "Ours", { caseExact: true, mutability: "readOnly", returned: "always", uniqueness: "server" }),
  attribute("externalId", "The directory's", { caseExact: true }),
  attribute("meta", "About the resource", {
    type: "complex",
    mutability: "readOnly",
    subAttributes: [
      attribute("resourceType", "User or Group", { caseExact: true, mutability: "readOnly" }),
      attribute("created", "When it was made", { type: "dateTime", mutability: "readOnly" }),
      attribute("lastModified", "When it was last changed", { type: "dateTime", mutability: "readOnly" }),
      attribute("location", "Its address", { type: "reference", caseExact: true, mutability: "readOnly" }),
      attribute("version", "Its ETag", { caseExact: true, mutability: "readOnly" }),
    ],
  }),
];

/** A kind of resource: its own attributes, and those that an extension adds under its URN. */
export interface ResourceType {
  readonly name: "User" | "Group";
  readonly endpoint: "Users" | "Groups";
  readonly schema: ScimSchema;
  readonly extension: ScimSchema | null;
  /** With those that every resource has. */
  readonly attributes: readonly ScimAttribute[];
}

export const userType: ResourceType = {
  name: "User",
  endpoint: "Users",
  schema: userSchema,
  extension: enterpriseSchema,
  attributes: [...common, ...userSchema.attributes],
};

export const groupType: ResourceType = {
  name: "Group",
  endpoint: "Groups",
  schema: groupSchema,
  extension: null,
  attributes: [...common, ...groupSchema.attributes],
};

export const urns = { user: userUrn, enterprise: enterpriseUrn, group: groupUrn };
