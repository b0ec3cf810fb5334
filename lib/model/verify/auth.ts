import { resourceNamed } from "../expressions/resourceAlong.ts";
import { kebabCase } from "../naming/kebabCase.ts";
import { fieldNameShape } from "../naming/nameShape.ts";
import type { AppAuth, ClaimRoles, ExternalIssuer, IdentityProvider } from "../processTypes.ts";
import type { Model, Resource } from "../types.ts";
import { nameHint } from "./nameHint.ts";
import type { Finding, Rule } from "./Rule.ts";
import { problemAt } from "./Rule.ts";
import { secretFindings } from "./secretNames.ts";
import { urlProblem } from "./urls.ts";

/** How people sign in speaks of roles, fields and addresses that are there. */
export const auth: Rule = (draft, places) => {
  const { app } = draft;
  if (!app.auth) return [];
  return [
    ...ways(app.auth),
    ...roleFindings(draft, app.auth),
    // What a file says that could not be read is unknown, not missing.
    ...(places.unread.size > 0 ? [] : emailFindings(draft, app.auth)),
    ...redirectFindings(app.auth),
    ...providerFindings(app.auth.providers ?? []),
    ...issuerFindings(app.auth.issuers ?? []),
  ].map((finding) => problemAt(places, { ...finding, path: ["app", "auth", ...finding.path] }));
};

/** There is a way to sign in, and nothing is said that none of them uses. */
function ways({ password, magicLink, code, totp, providers, issuers, signUp }: AppAuth): readonly Finding[] {
  const own = password ?? magicLink ?? code;
  const found: Finding[] = [];
  const none = "Say how people sign in: with `password`, `magicLink`, `code`, `providers` or `issuers`.";
  if (!own && !providers && !issuers) found.push({ code: "missing_option", path: [], message: none });
  if (password?.minLength !== undefined && (password.minLength < 8 || password.minLength > 128)) {
    const message = "Write a number of characters between 8 and 128 here.";
    found.push({ code: "out_of_range", path: ["password", "minLength"], message });
  }
  if (totp && !own && !providers) {
    const message = "There is no first factor: people of other issuers sign in there. Leave `totp` out.";
    found.push({ code: "unneeded_option", path: ["totp"], message });
  }
  if (signUp && !own && !providers) {
    const message = "Nobody signs up here: people of other issuers have accounts there. Leave `signUp` out.";
    found.push({ code: "unneeded_option", path: ["signUp"], message });
  }
  return found;
}

function roleFindings({ app }: Model, { totp, defaultRoles = [], providers = [], issuers = [] }: AppAuth) {
  const roles = (app.roles ?? []).map(({ name }) => name);
  const mapped = [
    ...providers.map(({ name, roles: said }) => ({ path: ["providers", name, "roles"], said })),
    ...issuers.map(({ roles: said }, index) => ({ path: ["issuers", String(index), "roles"], said })),
  ];
  return [
    ...(totp?.required ?? []).flatMap((role, index) =>
      role === "*" ? [] : unknownRole(role, roles, ["totp", "required", String(index)]),
    ),
    ...defaultRoles.flatMap((role, index) => unknownRole(role, roles, ["defaultRoles", String(index)])),
    ...mapped.flatMap(({ path, said }) => (said ? claimFindings(said, roles, path) : [])),
  ];
}

function unknownRole(role: string, roles: readonly string[], path: readonly string[]): readonly Finding[] {
  if (roles.includes(role)) return [];
  const hint = nameHint(role, roles, "Name one of the app's roles.");
  return [{ code: "unknown_role", path, message: `There is no role \`${role}\`. ${hint}` }];
}

function claimFindings({ claim, map = {} }: ClaimRoles, roles: readonly string[], path: readonly string[]) {
  const isPath = /^[^.\s]+(\.[^.\s]+)*$/.test(claim) && claim.length <= 200;
  const message = "Write the path of a claim here, such as `realm_access.roles`.";
  return [
    ...(isPath ? [] : [{ code: "claim", path: [...path, "claim"], message }]),
    ...Object.entries(map).flatMap(([name, role]) => unknownRole(role, roles, [...path, "map", name, "role"])),
  ];
}

/** The record of who signs up is found by the address. */
function emailFindings(model: Model, { email, signUp, password, magicLink, code }: AppAuth): readonly Finding[] {
  const { users } = model.app;
  const path = ["email"];
  if (users === undefined) {
    if (email === undefined) return [];
    const message = 'Name the resource of the people who sign in first: `users: "Person"`.';
    return [{ code: "missing_option", path, message }];
  }
  const resource = resourceNamed(model, users);
  if (!resource) return [];
  if (email === undefined) {
    if (!signUp && !password && !magicLink && !code) return [];
    const message = `Name the attribute of ${users} that holds the address: \`email: "..."\`.`;
    return [{ code: "missing_option", path: [], message }];
  }
  return emailAttribute(resource, email, path);
}

function emailAttribute(resource: Resource, email: string, path: readonly string[]): readonly Finding[] {
  const attribute = resource.attributes.find(({ name }) => name === email);
  if (!attribute) {
    const names = resource.attributes.filter(({ type }) => type.kind === "email" || type.kind === "text");
    const hint = nameHint(
      email,
      names.map(({ name }) => name),
      "Name one of its attributes.",
    );
    return [{ code: "unknown_field", path, message: `\`${resource.name}\` has no attribute \`${email}\`. ${hint}` }];
  }
  if (attribute.type.kind !== "email" && attribute.type.kind !== "text") {
    return [{ code: "wrong_type", path, message: `\`${email}\` holds no addresses. Name one of the type \`email\`.` }];
  }
  if (attribute.unique) return [];
  const message = `Two people could have one address in \`${email}\`. Make it \`unique: true\` in ${resource.name}.`;
  return [{ code: "not_unique", path, message }];
}

function redirectFindings({ redirects = [] }: AppAuth): readonly Finding[] {
  const tooMany =
    redirects.length > 100 ? [{ code: "too_many", path: ["redirects"], message: "Name at most 100." }] : [];
  return [
    ...tooMany,
    ...redirects.flatMap((redirect, index) => {
      const message = redirectProblem(redirect);
      return message === null ? [] : [{ code: "url", path: ["redirects", String(index)], message }];
    }),
  ];
}

/** Apps on telephones and desktops have schemes of their own, `com.example.shop://signed-in`. */
function redirectProblem(text: string): string | null {
  const url = URL.parse(text);
  const own = url && /^[a-z][a-z0-9-]*(\.[a-z0-9-]+)+:$/.test(url.protocol) && url.hash === "";
  return own ? null : urlProblem(text);
}

function providerFindings(providers: readonly IdentityProvider[]): readonly Finding[] {
  const seen = new Set<string>();
  return providers.flatMap(({ name, issuer, clientId, clientSecret, scopes = [] }) => {
    const path = ["providers", name];
    const shape = fieldNameShape(name);
    const again = seen.has(kebabCase(name));
    seen.add(kebabCase(name));
    const badScope = scopes.findIndex((scope) => !/^[\x21\x23-\x5B\x5D-\x7E]+$/.test(scope));
    const wrong = urlProblem(issuer);
    return [
      ...(shape ? [{ code: "name_shape", path, message: shape }] : []),
      ...(again ? [{ code: "duplicate_name", path, message: "Another provider has this path. Rename one." }] : []),
      ...(wrong ? [{ code: "url", path: [...path, "issuer"], message: wrong }] : []),
      ...(clientId === ""
        ? [{ code: "missing_option", path: [...path, "clientId"], message: "Name the client." }]
        : []),
      ...secretFindings(clientSecret, [...path, "clientSecret"]),
      ...(badScope < 0
        ? []
        : [{ code: "name_shape", path: [...path, "scopes", String(badScope)], message: "This is no scope." }]),
    ];
  });
}

function issuerFindings(issuers: readonly ExternalIssuer[]): readonly Finding[] {
  return issuers.flatMap(({ issuer, audience }, index) => {
    const path = ["issuers", String(index)];
    const wrong = urlProblem(issuer);
    const again = issuers.findIndex((other) => other.issuer === issuer && other.audience === audience) < index;
    return [
      ...(wrong ? [{ code: "url", path: [...path, "issuer"], message: wrong }] : []),
      ...(audience === ""
        ? [{ code: "missing_option", path: [...path, "audience"], message: "Name the audience." }]
        : []),
      ...(again ? [{ code: "duplicate_name", path, message: "This issuer is here twice. Remove one." }] : []),
    ];
  });
}
