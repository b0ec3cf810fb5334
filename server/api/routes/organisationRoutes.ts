import { organisation, project, type Route, routesOf } from "../Route.ts";

const member = `${organisation}/members/{user}` as const;
const ofUser = { names: { user: "userId" } } as const;
const invitation = `${organisation}/invitations/{invitation}` as const;
const ofInvitation = { names: { invitation: "id" } } as const;
const stream = `${organisation}/audit-stream` as const;
const exampleUser = "0190a3c0-7c1e-7d2f-8a3b-4c5d6e7f8091";

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
    [
      `DELETE ${organisation}`,
      "organisations.delete",
      "deleteOrganisation",
      "Begin the time of grace after which it is deleted",
      {
        status: 202,
        example: { confirm: "Acme" },
      },
    ],
    [`POST ${organisation}/restore`, "organisations.restore", "restoreOrganisation", "Take the deletion back"],
    [
      `POST ${organisation}/transfer`,
      "organisations.transfer",
      "transferOrganisation",
      "Make another member the owner",
      {
        example: { userId: exampleUser, confirm: "Acme" },
      },
    ],
    [`GET ${organisation}/members`, "members.list", "listMembers", "List the members and their roles"],
    [
      `PUT ${member}/role`,
      "members.setRole",
      "setMemberRole",
      "Change a member's role",
      {
        ...ofUser,
        example: { role: "developer" },
      },
    ],
    [`DELETE ${member}`, "members.remove", "removeMember", "Remove a member", { ...ofUser, status: 204 }],
    [
      `GET ${project}/members`,
      "members.ofProject",
      "listProjectMembers",
      "List the members and what they are in a project",
    ],
    [
      `PUT ${project}/members/{user}/role`,
      "members.setProjectRole",
      "setProjectRole",
      "Change what a member is in a project",
      {
        ...ofUser,
        example: { role: "viewer" },
      },
    ],
    [`GET ${organisation}/invitations`, "invitations.list", "listInvitations", "List the pending invitations"],
    [
      `POST ${organisation}/invitations`,
      "invitations.create",
      "createInvitations",
      "Invite people by mail",
      {
        example: { emails: ["ada@example.com"], role: "developer" },
      },
    ],
    [
      `POST ${invitation}/resend`,
      "invitations.resend",
      "resendInvitation",
      "Send an invitation again, with another link",
      ofInvitation,
    ],
    [
      `DELETE ${invitation}`,
      "invitations.revoke",
      "revokeInvitation",
      "Take an invitation back",
      {
        ...ofInvitation,
        status: 204,
      },
    ],
    [`GET ${organisation}/exports`, "exports.list", "listExports", "List the exports of an organisation"],
    [
      `POST ${organisation}/exports`,
      "exports.create",
      "createExport",
      "Begin an export of everything",
      {
        status: 202,
        location: `${organisation}/exports`,
      },
    ],
    [
      `DELETE ${organisation}/exports/{export}`,
      "exports.remove",
      "removeExport",
      "Delete an export",
      {
        names: { export: "id" },
        status: 204,
      },
    ],
  ]),
  ...routesOf("Plans", [
    [`GET ${organisation}/plan`, "plans.get", "getPlan", "Get the plan and what of its limits is used"],
    [
      `GET ${organisation}/usage/{month}`,
      "usage.month",
      "getUsage",
      "Get what was used in a month, by day and environment",
    ],
    [`GET ${organisation}/quota`, "usage.quota", "getQuota", "Say how far this month's limits are used up"],
    [`GET ${organisation}/billing`, "billing.get", "getBilling", "Get what the organisation pays for"],
    [`GET ${organisation}/billing/account`, "billing.account", "getBillingAccount", "Get payment method and invoices"],
  ]),
  ...routesOf("Security", [
    [
      `GET ${organisation}/audit-log`,
      "audit.list",
      "listAuditLog",
      "Search the audit log, newest first",
      {
        page: { query: "cursor", field: "older" },
      },
    ],
    [
      `GET ${organisation}/audit-log/verification`,
      "audit.verify",
      "verifyAuditLog",
      "Say whether a part of the log is as it was written",
    ],
    [`GET ${stream}`, "audit.stream.get", "getAuditStream", "Get where the audit log is sent to"],
    [
      `POST ${stream}`,
      "audit.stream.start",
      "startAuditStream",
      "Send the audit log on; the secret is shown this once",
      {
        status: 201,
        location: stream,
        example: { url: "https://siem.example.com/gantry", from: "now" },
      },
    ],
    [
      `PATCH ${stream}`,
      "audit.stream.move",
      "moveAuditStream",
      "Send the audit log elsewhere",
      {
        example: { url: "https://siem.example.com/gantry" },
      },
    ],
    [
      `PUT ${stream}/pause`,
      "audit.stream.pause",
      "pauseAuditStream",
      "Stop sending the audit log for a while, or go on",
      {
        example: { isPaused: true },
      },
    ],
    [
      `POST ${stream}/secret`,
      "audit.stream.changeSecret",
      "changeAuditStreamSecret",
      "Sign with another secret; it is shown this once",
    ],
    [`POST ${stream}/test`, "audit.stream.test", "testAuditStream", "Send a request without entries", { status: 204 }],
    [`DELETE ${stream}`, "audit.stream.end", "endAuditStream", "End sending the audit log", { status: 204 }],
    [`GET ${organisation}/tokens`, "tokens.organisation.list", "listTokens", "List the organisation's tokens"],
    [
      `DELETE ${organisation}/tokens/{token}`,
      "tokens.organisation.revoke",
      "revokeToken",
      "Revoke one of the organisation's tokens",
      {
        names: { token: "id" },
        status: 204,
      },
    ],
    [
      `PUT ${organisation}/token-rule`,
      "tokens.organisation.setRule",
      "setTokenRule",
      "Say whether tokens without an end may open it",
      {
        example: { allowsLasting: false },
      },
    ],
  ]),
];
