import type { AppAuth, ClaimRoles, ExternalIssuer, IdentityProvider } from "../processTypes.ts";
import { plain, readString, refuseKind } from "./literals.ts";
import type { At } from "./OptionReader.ts";
import { OptionReader, readItems, readSection } from "./OptionReader.ts";
import { present } from "./present.ts";
import { readOneOf } from "./readStarts.ts";
import { someOf } from "./someOf.ts";
import type { Expression } from "./syntax.ts";

/** What an app can say of how its people sign in, in the order in which it is written. */
const authOptions = [
  "password",
  "magicLink",
  "code",
  "totp",
  "providers",
  "issuers",
  "signUp",
  "defaultRoles",
  "email",
  "redirects",
] as const;

const providerOptions = ["issuer", "clientId", "clientSecret", "scopes", "roles"] as const;

const issuerOptions = ["issuer", "audience", "roles", "id", "tenant"] as const;

/** Reads `{ password: true, providers: { google: { ... } }, signUp: "open", ... }`. */
export function readAuth(node: Expression | undefined, at: At): AppAuth | undefined {
  const options = node && objectOptions(node, at, { allowed: authOptions, of: "`auth`" });
  if (!options) return undefined;
  const [providers, issuers] = [options.node("providers"), options.node("issuers")];
  return present({
    password: readSwitch("password", ["minLength"], options, (parts) =>
      present({ minLength: parts.count("minLength") }),
    ),
    magicLink: options.flag("magicLink") || undefined,
    code: options.flag("code") || undefined,
    totp: readSwitch("totp", ["required"], options, (parts) => present({ required: someOf(parts.texts("required")) })),
    providers: providers && someOf(readSection(providers, options.at("providers"), readProvider)),
    issuers: issuers && someOf(readItems(issuers, options.at("issuers"), readIssuer)),
    signUp: readOneOf(options, "signUp", ["open"] as const),
    defaultRoles: someOf(options.texts("defaultRoles")),
    email: options.text("email"),
    redirects: someOf(options.texts("redirects")),
  });
}

/** `true`, or `{ ... }` with what is to be said of it; undefined where it is off. */
function readSwitch<T>(
  option: string,
  allowed: readonly string[],
  options: OptionReader,
  read: (parts: OptionReader) => T,
): T | undefined {
  const node = options.node(option);
  if (!node) return undefined;
  const at = options.at(option);
  const value = plain(node);
  if (value.type === "BooleanLiteral" && !value.value) return undefined;
  if (value.type === "BooleanLiteral") return read(new OptionReader(null, at, { allowed, of: "" }));
  const parts = objectOptions(node, at, { allowed, of: `\`${option}\`` });
  return parts && read(parts);
}

function readProvider(name: string, node: Expression, at: At): IdentityProvider | null {
  const options = objectOptions(node, at, { allowed: providerOptions, of: "A provider" });
  if (!options) return null;
  const [issuer, clientId] = [neededText("issuer", options, node), neededText("clientId", options, node)];
  if (issuer === undefined || clientId === undefined) return null;
  return {
    name,
    issuer,
    clientId,
    ...present({
      clientSecret: options.text("clientSecret"),
      scopes: someOf(options.texts("scopes")),
      roles: readRoles(options),
    }),
  };
}

function readIssuer(node: Expression, at: At): ExternalIssuer | null {
  const options = objectOptions(node, at, { allowed: issuerOptions, of: "An issuer" });
  if (!options) return null;
  const [issuer, audience] = [neededText("issuer", options, node), neededText("audience", options, node)];
  if (issuer === undefined || audience === undefined) return null;
  return {
    issuer,
    audience,
    ...present({ roles: readRoles(options), id: options.text("id"), tenant: options.text("tenant") }),
  };
}

/** `{ claim: "realm_access.roles", map: { admins: "manager" } }` */
function readRoles(options: OptionReader): ClaimRoles | undefined {
  const node = options.node("roles");
  const parts = node && objectOptions(node, options.at("roles"), { allowed: ["claim", "map"], of: "`roles`" });
  const claim = node && parts && neededText("claim", parts, node);
  if (!parts || claim === undefined) return undefined;
  const map = parts.node("map");
  if (!map) return { claim };
  const entries = readSection(map, parts.at("map"), (name, value, { reading, path }) => {
    const at = [...path, "role"];
    reading.place(at, value);
    const role = readString(value, reading, at);
    return role === null ? null : ([name, role] as const);
  });
  return { claim, map: Object.fromEntries(entries) };
}

function neededText(option: string, options: OptionReader, node: Expression): string | undefined {
  if (!options.node(option)) {
    options.reading.refuse("missing_option", node, [...options.path, option], `Write \`${option}\` here too.`);
  }
  return options.text(option);
}

function objectOptions(
  node: Expression,
  at: At,
  options: { readonly allowed: readonly string[]; readonly of: string },
): OptionReader | undefined {
  const object = plain(node);
  if (object.type === "ObjectExpression") return new OptionReader(object, at, options);
  refuseKind(node, at.reading, at.path, `Write ${options.of} in \`{ }\` here.`);
  return undefined;
}
