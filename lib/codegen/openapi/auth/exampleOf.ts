import type { JsonValue } from "../../../model/types.ts";
import type { JsonSchema } from "../JsonSchema.ts";

const prefix = "#/components/schemas/";

/** Values of members by their names; the rest follow from their types. */
const known: Readonly<Record<string, JsonValue>> = {
  accessToken: "eyJhbGciOiJFUzI1NiIsInR5cCI6ImF0K2p3dCJ9.eyJzdWIiOiIwMTk4In0.c2ln",
  refreshToken: "gr_0198c5f2-7b1e-7c3a-9d4e-2f6a8b0c1d2e.0.Zm91ciB1bnJlbGF0ZWQgd29yZHMgaW4gYSByb3cgMDE",
  token: "Zm91ciB1bnJlbGF0ZWQgd29yZHMgaW4gYSByb3cgMDEy",
  ticket: "Zm91ciB1bnJlbGF0ZWQgd29yZHMgaW4gYSByb3cgMDEy",
  password: "four unrelated words",
  current: "four unrelated words",
  code: "123456",
  device: "Ada's phone",
  address: "203.0.113.7",
  redirect: "https://app.example.com/welcome",
  verifier: "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk",
  challenge: "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
  userId: "0198c5f2-7b1e-7c3a-9d4e-2f6a8b0c1d2e",
  next: null,
  disabledAt: null,
  secret: "JBSWY3DPEHPK3PXP",
};

/** A value as a schema has it. */
export function exampleOf(schema: JsonSchema, schemas: Readonly<Record<string, JsonSchema>>, name = ""): JsonValue {
  if (Object.hasOwn(known, name)) return known[name] ?? null;
  if (schema.$ref !== undefined) return exampleOf(schemas[schema.$ref.slice(prefix.length)] ?? {}, schemas, name);
  const [first] = schema.anyOf ?? [];
  if (first) return exampleOf(first, schemas, name);
  if (schema.allOf) return Object.assign({}, ...schema.allOf.map((part) => exampleOf(part, schemas)));
  const [type] = [schema.type ?? "object"].flat();
  switch (type) {
    case "object":
      return Object.fromEntries(
        Object.entries(schema.properties ?? {}).map(([member, inner]) => [member, exampleOf(inner, schemas, member)]),
      );
    case "array":
      return schema.items ? [exampleOf(schema.items, schemas, name.replace(/s$/, ""))] : [];
    case "boolean":
      return false;
    case "integer":
      return schema.minimum ?? 0;
    default:
      return textOf(schema, name);
  }
}

function textOf({ format }: JsonSchema, name: string): string {
  switch (format) {
    case "email":
      return "ada@example.com";
    case "uuid":
      return "0198c5f2-7b1e-7c3a-9d4e-2f6a8b0c1d2e";
    case "date-time":
      return "2026-01-31T09:30:00.000Z";
    default:
      return name === "role" ? "member" : name === "method" ? "password" : "text";
  }
}
