/** What an organisation can be on, the smaller first. */
export const planNames = ["free", "team", "business", "enterprise"] as const;

export type PlanName = (typeof planNames)[number];

/** What is counted, and how one says it. `room`: things that one makes; `month`: what is used up within a calendar month (UTC); `days`: how long something is kept. */
interface LimitKind {
  readonly title: string;
  readonly kind: "room" | "month" | "days";
  /** One and many of it, in the middle of a sentence. */
  readonly one: string;
  readonly many: string;
}

export const limits = {
  projects: { title: "Projects", kind: "room", one: "project", many: "projects" },
  environments: {
    title: "Lasting environments per project",
    kind: "room",
    one: "lasting environment per project",
    many: "lasting environments per project",
  },
  previews: { title: "Previews per project", kind: "room", one: "preview per project", many: "previews per project" },
  members: { title: "Members", kind: "room", one: "member", many: "members" },
  requestsPerMonth: {
    title: "Requests to apps per month",
    kind: "month",
    one: "request per month",
    many: "requests per month",
  },
  processRunsPerMonth: {
    title: "Process runs per month",
    kind: "month",
    one: "process run per month",
    many: "process runs per month",
  },
  logDays: { title: "Logs are kept", kind: "days", one: "day of logs", many: "days of logs" },
  figureDays: { title: "Figures by the minute are kept", kind: "days", one: "day of figures", many: "days of figures" },
  auditDays: {
    title: "Audit log is kept",
    kind: "days",
    one: "day of the audit log",
    many: "days of the audit log",
  },
  backupDays: { title: "Backups are kept up to", kind: "days", one: "day of backups", many: "days of backups" },
} as const satisfies Record<string, LimitKind>;

export type Limit = keyof typeof limits;

/** Those of a kind. */
type LimitOf<Kind extends LimitKind["kind"]> = {
  [Name in Limit]: (typeof limits)[Name]["kind"] extends Kind ? Name : never;
}[Limit];

export type RoomLimit = LimitOf<"room">;
export type MonthLimit = LimitOf<"month">;
export type DaysLimit = LimitOf<"days">;

export const limitNames = Object.keys(limits) as readonly Limit[];
export const roomLimits = ["projects", "environments", "previews", "members"] as const satisfies readonly RoomLimit[];
export const monthLimits = ["requestsPerMonth", "processRunsPerMonth"] as const satisfies readonly MonthLimit[];

interface FeatureKind {
  readonly title: string;
  /** Begins a sentence that goes on with "is/are not part of …". */
  readonly subject: string;
  readonly plural?: true;
}

export const features = {
  projectRoles: { title: "Roles per project", subject: "Other roles in single projects", plural: true },
  organisationTokens: { title: "Tokens of the organisation", subject: "Tokens of an organisation", plural: true },
  auditExport: { title: "Export of the audit log", subject: "Export of the audit log" },
  auditStream: { title: "Audit log to a webhook", subject: "Sending the audit log on" },
  canary: { title: "Canary and A/B releases", subject: "Bringing a release to some of the requests" },
  sso: { title: "Single sign-on (OIDC and SAML)", subject: "Single sign-on" },
  scim: { title: "Provisioning by SCIM", subject: "Provisioning by SCIM" },
  ejection: { title: "Ejecting an app", subject: "Ejecting an app" },
  ownClusters: { title: "Own clusters", subject: "Own clusters", plural: true },
} as const satisfies Record<string, FeatureKind>;

export type Feature = keyof typeof features;

export const featureNames = Object.keys(features) as readonly Feature[];

export interface Plan {
  readonly title: string;
  /** For whom it is, in a sentence. */
  readonly summary: string;
  /** Null is without a limit. */
  readonly limits: Readonly<Record<Limit, number | null>>;
  readonly features: readonly Feature[];
}

const teamFeatures = ["projectRoles", "organisationTokens", "auditExport", "canary"] as const;
const businessFeatures = [...teamFeatures, "auditStream", "sso", "scim", "ejection"] as const;

/** The four plans. The only place that says what each has: the server holds to it, screens and prices show it. */
export const plans: Readonly<Record<PlanName, Plan>> = {
  free: {
    title: "Free",
    summary: "For trying things out and small apps.",
    limits: {
      projects: 3,
      environments: 2,
      previews: 3,
      members: 3,
      requestsPerMonth: 500_000,
      processRunsPerMonth: 20_000,
      logDays: 7,
      figureDays: 14,
      auditDays: 30,
      backupDays: 7,
    },
    features: [],
  },
  team: {
    title: "Team",
    summary: "For teams whose apps are at work every day.",
    limits: {
      projects: 20,
      environments: 5,
      previews: 10,
      members: 25,
      requestsPerMonth: 10_000_000,
      processRunsPerMonth: 500_000,
      logDays: 14,
      figureDays: 14,
      auditDays: 90,
      backupDays: 30,
    },
    features: teamFeatures,
  },
  business: {
    title: "Business",
    summary: "For companies with rules of their own for sign-in, access and leaving.",
    limits: {
      projects: 100,
      environments: 20,
      previews: 20,
      members: 250,
      requestsPerMonth: 100_000_000,
      processRunsPerMonth: 5_000_000,
      logDays: 30,
      figureDays: 30,
      auditDays: 400,
      backupDays: 400,
    },
    features: businessFeatures,
  },
  enterprise: {
    title: "Enterprise",
    summary: "Without limits, also on your own machines.",
    limits: {
      projects: null,
      environments: 100,
      previews: 100,
      members: null,
      requestsPerMonth: null,
      processRunsPerMonth: null,
      logDays: 90,
      figureDays: 90,
      auditDays: null,
      backupDays: 3650,
    },
    features: [...businessFeatures, "ownClusters"],
  },
};

/** Whether a value fits into a limit; null is without one. */
export function fits(value: number, limit: number | null): boolean {
  return limit === null || value <= limit;
}

/** The smallest plan that has a feature. */
export function planWith(feature: Feature): PlanName {
  return planNames.find((name) => plans[name].features.includes(feature)) ?? "enterprise";
}

/** The smallest plan in which so many fit; null where none does. */
export function planFor(limit: Limit, needed: number): PlanName | null {
  return planNames.find((name) => fits(needed, plans[name].limits[limit])) ?? null;
}
