import { environment, project, type Route, routesOf } from "../Route.ts";

const secret = `${environment}/secrets/{name}` as const;
const backup = `${project}/backups/{backup}` as const;
const ofBackup = { names: { backup: "id" } } as const;
const alert = `${environment}/alerts/{alert}` as const;

export const operationRoutes: readonly Route[] = [
  ...routesOf("Settings", [
    [
      `GET ${environment}/roles`,
      "deployments.keys.roles",
      "listRoles",
      "List the roles that a key of the app can have",
    ],
    [`GET ${environment}/keys`, "deployments.keys.list", "listKeys", "List the app's API keys"],
    [
      `POST ${environment}/keys`,
      "deployments.keys.create",
      "createKey",
      "Make an API key of the app; it is shown this once",
      {
        status: 201,
        location: `${environment}/keys`,
        example: { name: "Warehouse", roles: ["reader"] },
      },
    ],
    [
      `DELETE ${environment}/keys/{key}`,
      "deployments.keys.revoke",
      "revokeKey",
      "Revoke an API key of the app",
      {
        status: 204,
        names: { key: "id" },
      },
    ],
    [
      `GET ${environment}/secrets`,
      "outbound.secrets.list",
      "listSecrets",
      "List the names of an environment's secrets",
    ],
    [`PUT ${secret}`, "outbound.secrets.set", "setSecret", "Set a secret", { example: { value: "sk_live_…" } }],
    [`DELETE ${secret}`, "outbound.secrets.remove", "removeSecret", "Remove a secret", { status: 204 }],
    [`GET ${environment}/mail`, "outbound.mail.get", "getMail", "Get the mail server that the app sends by"],
    [
      `PUT ${environment}/mail`,
      "outbound.mail.set",
      "setMail",
      "Set the mail server that the app sends by",
      {
        status: 204,
        example: {
          host: "mail.example.com",
          port: 587,
          tls: false,
          user: "app",
          password: "secret",
          from: "Sales <sales@example.com>",
        },
      },
    ],
    [
      `DELETE ${environment}/mail`,
      "outbound.mail.clear",
      "clearMail",
      "Go back to the installation's mail server",
      { status: 204 },
    ],
    [`POST ${environment}/mail/test`, "outbound.mail.test", "testMail", "Send a mail to whoever the token acts as"],
    [
      `GET ${environment}/egress`,
      "outbound.egress.get",
      "getEgress",
      "List the private addresses that the app may reach",
    ],
    [
      `PUT ${environment}/egress`,
      "outbound.egress.set",
      "setEgress",
      "Set the private addresses that the app may reach",
      {
        status: 204,
        example: { allow: ["10.0.0.0/8"] },
      },
    ],
  ]),
  ...routesOf("Backups", [
    [`GET ${environment}/backups`, "backups.list", "listBackups", "List backups, and restores that are under way"],
    [
      `POST ${environment}/backups`,
      "backups.create",
      "createBackup",
      "Make a backup",
      {
        status: 202,
        location: `${environment}/backups`,
      },
    ],
    [
      `GET ${environment}/backup-settings`,
      "backups.settings.get",
      "getBackupSettings",
      "Get schedule and storage of backups",
    ],
    [
      `PUT ${environment}/backup-settings`,
      "backups.settings.set",
      "setBackupSettings",
      "Set schedule and storage of backups",
      {
        status: 204,
      },
    ],
    [
      `POST ${environment}/backup-settings/test`,
      "backups.settings.test",
      "testBackupStorage",
      "Write, read and delete a small file in a storage",
      {
        status: 204,
      },
    ],
    [
      `POST ${backup}/restore`,
      "backups.restore",
      "restoreBackup",
      "Make a new environment of a backup",
      {
        ...ofBackup,
        status: 202,
        location: `${project}/environments/{name}`,
        example: { name: "restored" },
      },
    ],
    [
      `POST ${backup}/download`,
      "backups.download",
      "downloadBackup",
      "Get the address of a backup's file and its key",
      ofBackup,
    ],
    [
      `DELETE ${backup}`,
      "backups.remove",
      "removeBackup",
      "Delete a backup",
      {
        ...ofBackup,
        status: 204,
        example: { confirm: "production" },
      },
    ],
    [
      `DELETE ${project}/restores/{restore}`,
      "backups.dismissRestore",
      "dismissRestore",
      "Take a restore that failed off the list",
      {
        names: { restore: "id" },
        status: 204,
      },
    ],
  ]),
  ...routesOf("Telemetry", [
    [`GET ${project}/figures`, "telemetry.overview", "getOverview", "Get the figures of all environments side by side"],
    [`GET ${environment}/figures`, "telemetry.figures", "getFigures", "Get the figures of an environment"],
    [`GET ${environment}/traffic`, "telemetry.traffic", "getTraffic", "List the operations that were called"],
    [
      `GET ${environment}/topology`,
      "telemetry.topology",
      "getTopology",
      "Say what talked to what in the last 24 hours",
    ],
    [
      `GET ${environment}/logs`,
      "telemetry.logs",
      "listLogs",
      "Search what the app logged, newest first",
      {
        page: { query: "cursor", field: "older" },
        example: { words: "timeout", severities: ["error"] },
      },
    ],
    [
      `GET ${environment}/slow-statements`,
      "slow.list",
      "listSlowStatements",
      "List the statements that took the most time",
    ],
    [
      `GET ${environment}/slow-statements/{statement}`,
      "slow.explain",
      "explainSlowStatement",
      "Say how a statement runs and which index would serve",
      {
        names: { statement: "id" },
      },
    ],
    [
      `GET ${environment}/alerts`,
      "telemetry.alerts.list",
      "listAlerts",
      "List the rules of alerts and what has become of them",
    ],
    [
      `POST ${environment}/alerts`,
      "telemetry.alerts.add",
      "createAlert",
      "Add a rule; the secret of its webhook is shown this once",
      {
        status: 201,
        location: `${environment}/alerts`,
        example: {
          rule: {
            name: "Errors",
            measure: "errorPercent",
            threshold: 5,
            minutes: 5,
            channel: "webhook",
            target: "https://example.com/alerts",
          },
        },
      },
    ],
    [
      `DELETE ${alert}`,
      "telemetry.alerts.remove",
      "removeAlert",
      "Remove a rule",
      { names: { alert: "id" }, status: 204 },
    ],
    [
      `POST ${alert}/test`,
      "telemetry.alerts.test",
      "testAlert",
      "Send what an alert of a rule looks like",
      {
        names: { alert: "id" },
        status: 204,
      },
    ],
  ]),
];
