import { organisation, type Route, routesOf } from "../Route.ts";

export const organisationRoutes: readonly Route[] = [
  ...routesOf("Account", [
    ["GET /me", "accounts.me", "getMe", "Say who the token acts as"],
    ["GET /me/tokens", "tokens.list", "listMyTokens", "List the personal tokens"],
    [
      "DELETE /me/tokens/{token}",
      "tokens.revoke",
      "revokeMyToken",
      "Revoke a personal token",
      {
        status: 204,
        names: { token: "id" },
      },
    ],
  ]),
  ...routesOf("Organisations", [
    ["GET /organisations", "organisations.list", "listOrganisations", "List the organisations one belongs to"],
    [`GET ${organisation}`, "organisations.get", "getOrganisation", "Get an organisation and what one may do in it"],
    [
      `PATCH ${organisation}`,
      "organisations.rename",
      "renameOrganisation",
      "Rename an organisation",
      {
        example: { name: "Acme" },
      },
    ],
  ]),
];
