import type { Model } from "../../../model/types.ts";
import { freeName } from "../freeName.ts";
import { type JsonSchema, orNull, refTo } from "../JsonSchema.ts";

export const text: JsonSchema = { type: "string" };
export const email: JsonSchema = { type: "string", format: "email", maxLength: 254 };
export const moment: JsonSchema = { type: "string", format: "date-time" };
const id: JsonSchema = { type: "string", format: "uuid" };
const flag: JsonSchema = { type: "boolean" };
const texts: JsonSchema = { type: "array", items: text };

/** An object of these members; those that are not named as optional are required. */
export function object(properties: Readonly<Record<string, JsonSchema>>, optional: readonly string[] = []): JsonSchema {
  const required = Object.keys(properties).filter((name) => !optional.includes(name));
  return { type: "object", ...(required.length > 0 && { required }), properties };
}

export function listOf(items: JsonSchema): JsonSchema {
  return { type: "array", items };
}

export const authSchemaNames = ["AuthAccount", "AuthTokens", "AuthSecondFactor", "AuthSession", "AuthPerson"] as const;
export type AuthSchemaName = (typeof authSchemaNames)[number];

export function authRef(model: Model, name: AuthSchemaName): JsonSchema {
  return refTo(freeName(model, name));
}

/** What signing in is about, under names that no resource has. */
export function authSchemas(model: Model): Record<string, JsonSchema> {
  if (!model.app.auth) return {};
  const roles: JsonSchema = listOf({ ...text, description: "A role of the app." });
  const person = { id, userId: orNull(text), email: orNull(email), emailVerified: flag, roles };
  const schemas: Record<AuthSchemaName, JsonSchema> = {
    AuthAccount: {
      ...object(person),
      description: "Somebody who has signed in. `userId` is the key of the record in the resource of the app's users.",
    },
    AuthTokens: object({
      accessToken: { ...text, description: "A JWT for `Authorization: Bearer …`, good for 15 minutes." },
      accessTokenExpiresAt: moment,
      refreshToken: { ...text, description: "Gets the next tokens, once." },
      refreshTokenExpiresAt: moment,
      session: id,
      account: authRef(model, "AuthAccount"),
    }),
    AuthSecondFactor: object({
      secondFactor: object(
        {
          token: { ...text, description: "Goes with the second factor." },
          methods: texts,
          isToSetUp: { ...flag, description: "The account has none yet and must set one up first." },
          expiresAt: moment,
        },
        ["isToSetUp"],
      ),
    }),
    AuthSession: object({
      id,
      isCurrent: flag,
      device: orNull(text),
      address: orNull(text),
      methods: texts,
      createdAt: moment,
      lastUsedAt: moment,
      expiresAt: moment,
    }),
    AuthPerson: {
      ...object({
        ...person,
        hasPassword: flag,
        disabledAt: orNull(moment),
        createdAt: moment,
        lastSignInAt: orNull(moment),
      }),
      description: "An account as those see it who manage it.",
    },
  };
  return Object.fromEntries(authSchemaNames.map((name) => [freeName(model, name), schemas[name]]));
}
