import { organisation, type Route, routesOf } from "../Route.ts";

const connection = `${organisation}/sso-connections/{connection}` as const;
const ofConnection = { names: { connection: "id" } } as const;
const domain = `${organisation}/domains/{domain}` as const;
const ofDomain = { names: { domain: "id" } } as const;
const oidc = {
  kind: "oidc",
  name: "Acme",
  issuer: "https://login.example.com",
  clientId: "gantry",
  clientSecret: "secret",
};

export const signInRoutes: readonly Route[] = routesOf("Security", [
  [
    `GET ${organisation}/sso-connections`,
    "sso.connections.list",
    "listSsoConnections",
    "List the providers by which people sign in",
  ],
  [
    `POST ${organisation}/sso-connections`,
    "sso.connections.create",
    "createSsoConnection",
    "Add a provider; it begins switched off",
    { status: 201, location: `${organisation}/sso-connections`, example: { connection: oidc } },
  ],
  [`PUT ${connection}`, "sso.connections.change", "changeSsoConnection", "Change a provider", ofConnection],
  [
    `PUT ${connection}/on`,
    "sso.connections.setOn",
    "switchSsoConnection",
    "Switch a provider on or off",
    { ...ofConnection, example: { on: true } },
  ],
  [
    `DELETE ${connection}`,
    "sso.connections.remove",
    "removeSsoConnection",
    "Remove a provider and end its sessions",
    { ...ofConnection, status: 204 },
  ],
  [
    `POST ${connection}/metadata`,
    "sso.connections.readMetadata",
    "readSsoMetadata",
    "Read a provider's metadata anew",
    ofConnection,
  ],
  [`GET ${organisation}/domains`, "sso.domains.list", "listDomains", "List the domains of the organisation's people"],
  [
    `POST ${organisation}/domains`,
    "sso.domains.add",
    "addDomain",
    "Add a domain, to be shown by a TXT record",
    { status: 201, location: `${organisation}/domains`, example: { domain: "example.com" } },
  ],
  [`POST ${domain}/verify`, "sso.domains.verify", "verifyDomain", "Look for a domain's TXT record", ofDomain],
  [
    `PUT ${domain}/connection`,
    "sso.domains.route",
    "routeDomain",
    "Say which provider a domain's people are sent to",
    { ...ofDomain, example: { connectionId: null } },
  ],
  [`DELETE ${domain}`, "sso.domains.remove", "removeDomain", "Remove a domain", { ...ofDomain, status: 204 }],
  [
    `GET ${organisation}/joining-rules`,
    "sso.rules.get",
    "getJoiningRules",
    "Get what people become who sign in for the first time",
  ],
  [
    `PUT ${organisation}/joining-rules`,
    "sso.rules.set",
    "setJoiningRules",
    "Set what people become who sign in for the first time",
  ],
  [
    `GET ${organisation}/sign-in-requirements`,
    "sso.requirements.get",
    "getSignInRequirements",
    "Get what the organisation asks of those who sign in",
  ],
  [
    `PUT ${organisation}/sign-in-requirements/sso`,
    "sso.requirements.setSso",
    "requireSso",
    "Say whether people must sign in by a provider",
    { example: { requiresSso: true, ssoIsSecondFactor: true } },
  ],
  [
    `PUT ${organisation}/sign-in-requirements/second-factor`,
    "sso.requirements.setSecondFactor",
    "requireSecondFactor",
    "Say whether people must show a second factor",
    { example: { required: true } },
  ],
  [`GET ${organisation}/directory`, "sso.directory.get", "getDirectory", "Get what is provisioned by SCIM"],
  [
    `DELETE ${organisation}/directory`,
    "sso.directory.close",
    "closeDirectory",
    "End provisioning by SCIM",
    { status: 204 },
  ],
]);
