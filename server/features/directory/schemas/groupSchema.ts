import { attribute, type ScimSchema } from "./ScimSchema.ts";

export const groupUrn = "urn:ietf:params:scim:schemas:core:2.0:Group";

export const groupSchema: ScimSchema = {
  id: groupUrn,
  name: "Group",
  description: "A group of people, by which they get a role",
  attributes: [
    attribute("displayName", "Its name", { required: true, uniqueness: "server" }),
    attribute("members", "Who is in it", {
      type: "complex",
      multiValued: true,
      subAttributes: [
        attribute("value", "Id of the person", { mutability: "immutable", caseExact: true }),
        attribute("$ref", "Address of the person", {
          type: "reference",
          mutability: "immutable",
          referenceTypes: ["User"],
        }),
        attribute("display", "Name of the person", { mutability: "readOnly" }),
        attribute("type", "User", { mutability: "immutable", canonicalValues: ["User"] }),
      ],
    }),
  ],
};
