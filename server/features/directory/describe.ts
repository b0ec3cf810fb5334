import { groupType, type ResourceType, userType } from "./schemas/resourceTypes.ts";
import type { Json, ScimSchema } from "./schemas/ScimSchema.ts";

export const mostResults = 200;

/** What this service can do (RFC 7643, section 5). */
export function serviceProviderConfig(base: string): Json {
  const no = { supported: false };
  return {
    schemas: ["urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig"],
    patch: { supported: true },
    bulk: { supported: false, maxOperations: 0, maxPayloadSize: 0 },
    filter: { supported: true, maxResults: mostResults },
    changePassword: no,
    sort: { supported: true },
    etag: { supported: true },
    authenticationSchemes: [
      {
        type: "oauthbearertoken",
        name: "Bearer token",
        description: "The token that is shown once when the directory is opened",
        primary: true,
      },
    ],
    meta: { resourceType: "ServiceProviderConfig", location: `${base}/ServiceProviderConfig` },
  };
}

export function resourceTypes(base: string): Json[] {
  return [userType, groupType].map((type) => describeType(type, base));
}

export function schemas(base: string): Json[] {
  return [userType.schema, userType.extension, groupType.schema].flatMap((schema) =>
    schema ? [describeSchema(schema, base)] : [],
  );
}

function describeType({ name, endpoint, schema, extension }: ResourceType, base: string): Json {
  return {
    schemas: ["urn:ietf:params:scim:schemas:core:2.0:ResourceType"],
    id: name,
    name,
    endpoint: `/${endpoint}`,
    description: schema.description,
    schema: schema.id,
    schemaExtensions: extension ? [{ schema: extension.id, required: false }] : [],
    meta: { resourceType: "ResourceType", location: `${base}/ResourceTypes/${name}` },
  };
}

function describeSchema(schema: ScimSchema, base: string): Json {
  return {
    schemas: ["urn:ietf:params:scim:schemas:core:2.0:Schema"],
    ...schema,
    meta: { resourceType: "Schema", location: `${base}/Schemas/${schema.id}` },
  };
}
