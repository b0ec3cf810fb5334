import type {
  AppAuth,
  ClaimRoles,
  Connection,
  ConnectionAuthorization,
  ExternalIssuer,
  IdentityProvider,
} from "../processTypes.ts";
import type { OptionCode } from "./attributeCode.ts";
import type { Code } from "./Code.ts";
import { call, callWithOptions, list, object } from "./Code.ts";
import { textsCode } from "./literalCode.ts";
import { optionalText } from "./optionalText.ts";
import { quoteText } from "./quoteText.ts";
import type { Style } from "./Style.ts";

/** `auth: { ... }` of an app; none where nobody signs in. */
export function authCodes(auth: AppAuth | undefined, style: Style): readonly OptionCode[] {
  if (!auth) return [];
  const { password, magicLink, code, totp, providers, issuers, signUp, defaultRoles, email, redirects } = auth;
  const minimum = password?.minLength === undefined ? [] : [["minLength", String(password.minLength)] as const];
  const options: readonly OptionCode[] = [
    ...(password ? [["password", objectOrTrue(minimum)] as const] : []),
    ...(magicLink ? [["magicLink", "true"] as const] : []),
    ...(code ? [["code", "true"] as const] : []),
    ...(totp ? [["totp", objectOrTrue(texts("required", totp.required, style))] as const] : []),
    ...(providers
      ? [["providers", object(providers.map((one) => [one.name, providerCode(one, style)] as const))] as const]
      : []),
    ...(issuers ? [["issuers", list(issuers.map((one) => issuerCode(one, style)))] as const] : []),
    ...optionalText("signUp", signUp, style),
    ...texts("defaultRoles", defaultRoles, style),
    ...optionalText("email", email, style),
    ...texts("redirects", redirects, style),
  ];
  return [["auth", object(options)]];
}

function providerCode({ issuer, clientId, clientSecret, scopes, roles }: IdentityProvider, style: Style): Code {
  return object([
    ["issuer", quoteText(issuer, style)],
    ["clientId", quoteText(clientId, style)],
    ...optionalText("clientSecret", clientSecret, style),
    ...texts("scopes", scopes, style),
    ...rolesCodes(roles, style),
  ]);
}

function issuerCode({ issuer, audience, roles, id, tenant }: ExternalIssuer, style: Style): Code {
  return object([
    ["issuer", quoteText(issuer, style)],
    ["audience", quoteText(audience, style)],
    ...rolesCodes(roles, style),
    ...optionalText("id", id, style),
    ...optionalText("tenant", tenant, style),
  ]);
}

function rolesCodes(roles: ClaimRoles | undefined, style: Style): readonly OptionCode[] {
  if (!roles) return [];
  const names = roles.map && Object.entries(roles.map).map(([name, role]) => [name, quoteText(role, style)] as const);
  return [
    ["roles", object([["claim", quoteText(roles.claim, style)], ...(names ? [["map", object(names)] as const] : [])])],
  ];
}

/** `connections: { ... }` of an app; none where there are none. */
export function connectionCodes(connections: readonly Connection[] | undefined, style: Style): readonly OptionCode[] {
  if (!connections) return [];
  const members = connections.map((connection) => [connection.name, connectionCode(connection, style)] as const);
  return [["connections", { ...object(members), open: true }]];
}

function connectionCode({ kind, describe, url, urlSecret, authorization, model }: Connection, style: Style): Code {
  const where = urlSecret === undefined ? url && quoteText(url, style) : call("secret", quoteText(urlSecret, style));
  const options: readonly OptionCode[] = [
    ...(where === undefined ? [] : [["url", where] as const]),
    ...optionalText("model", model, style),
    ...(authorization ? [["authorization", authorizationCode(authorization, style)] as const] : []),
    ...optionalText("describe", describe, style),
  ];
  return callWithOptions(kind, [], options);
}

function authorizationCode(authorization: ConnectionAuthorization, style: Style): Code {
  const secret = quoteText(authorization.secret, style);
  switch (authorization.kind) {
    case "bearer":
      return call("bearer", secret);
    case "basic":
      return call("basic", quoteText(authorization.user, style), secret);
    case "header":
      return call("header", quoteText(authorization.header, style), secret);
  }
}

function objectOrTrue(options: readonly OptionCode[]): Code {
  return options.length === 0 ? "true" : object(options);
}

function texts(option: string, said: readonly string[] | undefined, style: Style): readonly OptionCode[] {
  return said ? [[option, textsCode(said, style)]] : [];
}
