import { attribute, type ScimSchema } from "./ScimSchema.ts";

export const userUrn = "urn:ietf:params:scim:schemas:core:2.0:User";
export const enterpriseUrn = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

/** What is kept of people: who they are and how they are reached. Nothing else that a directory sends is stored. */
export const userSchema: ScimSchema = {
  id: userUrn,
  name: "User",
  description: "A person of the organisation",
  attributes: [
    attribute("userName", "By which the directory knows them, mostly an address", {
      required: true,
      uniqueness: "server",
    }),
    attribute("name", "Parts of the name", {
      type: "complex",
      subAttributes: [
        attribute("formatted", "The whole name"),
        attribute("familyName", "Family name"),
        attribute("givenName", "Given name"),
        attribute("middleName", "Middle name"),
      ],
    }),
    attribute("displayName", "The name as it is shown"),
    attribute("title", "What they are in the organisation"),
    attribute("userType", "How they belong to the organisation"),
    attribute("preferredLanguage", "Language, as of Accept-Language"),
    attribute("locale", "For the form of dates and numbers"),
    attribute("timezone", "Such as Europe/Berlin"),
    attribute("active", "Whether they may come in", { type: "boolean" }),
    attribute("emails", "Addresses of mail; the primary one is the account's", {
      type: "complex",
      multiValued: true,
      subAttributes: [
        attribute("value", "The address"),
        attribute("display", "As it is shown"),
        attribute("type", "What it is for", { canonicalValues: ["work", "home", "other"] }),
        attribute("primary", "Whether it is the first choice", { type: "boolean" }),
      ],
    }),
    attribute("groups", "Groups that they are in", {
      type: "complex",
      multiValued: true,
      mutability: "readOnly",
      subAttributes: [
        attribute("value", "Id of the group", { mutability: "readOnly" }),
        attribute("$ref", "Address of the group", {
          type: "reference",
          mutability: "readOnly",
          referenceTypes: ["Group"],
        }),
        attribute("display", "Name of the group", { mutability: "readOnly" }),
        attribute("type", "How they are in it", { mutability: "readOnly", canonicalValues: ["direct"] }),
      ],
    }),
  ],
};

export const enterpriseSchema: ScimSchema = {
  id: enterpriseUrn,
  name: "EnterpriseUser",
  description: "A person's place in a company",
  attributes: [
    attribute("employeeNumber", "Number of the employee"),
    attribute("costCenter", "Cost centre"),
    attribute("organization", "Organisation"),
    attribute("division", "Division"),
    attribute("department", "Department"),
    attribute("manager", "To whom they report", {
      type: "complex",
      subAttributes: [attribute("value", "Id of the manager"), attribute("displayName", "Their name")],
    }),
  ],
};
