import { z } from "zod";
import { planNames } from "#lib/plans/plans.ts";

/**
 * The control plane's settings, read once. Only this file and server/runtime/config.ts read `process.env`.
 * The launcher (scripts/) fills in everything that is not set.
 */
const settings = z.object({
  /** `development` under `npm run dev`. */
  NODE_ENV: z.enum(["development", "production", "test"]).default("production"),
  /** The control plane's own database; its role may create databases and roles. */
  DATABASE_URL: z.url(),
  /** Where repositories, uploads and local state live. */
  GANTRY_DATA: z.string().min(1),
  /** 32 random bytes in hex: key of sealed secrets. */
  GANTRY_SECRET: z.string().regex(/^[0-9a-f]{64}$/),
  /** Earlier ones with commas between, which still open what they have sealed, until all of it is sealed anew. */
  GANTRY_SECRET_PREVIOUS: z
    .string()
    .regex(/^[0-9a-f]{64}(,[0-9a-f]{64})*$/)
    .optional(),
  NEXTAUTH_SECRET: z.string().min(32),
  /** The one before, whose cookies still hold. */
  NEXTAUTH_SECRET_PREVIOUS: z.string().min(32).optional(),
  /** Public address of the web application. */
  NEXTAUTH_URL: z.url(),
  /** Loopback address of the web application, for the hooks of Git. */
  GANTRY_INTERNAL_URL: z.url(),
  /** Public address of an app, with `{app}` for its label: `http://{app}.localhost:4000` or `http://localhost:4000/apps/{app}`. */
  GANTRY_APPS_URL: z.string().includes("{app}"),
  /** Admin address of the runtime and its bearer secret. */
  GANTRY_RUNTIME_ADMIN_URL: z.url(),
  GANTRY_RUNTIME_ADMIN_SECRET: z.string().min(32),
  /** Bearer secret of the runtimes that tell what they count. */
  GANTRY_TELEMETRY_SECRET: z.string().min(32),
  /** Servers of names that are asked whose a domain is, as `1.1.1.1,9.9.9.9:53`; not said: the system's. */
  GANTRY_DNS_SERVERS: z
    .string()
    .transform((text) => text.split(",").map((server) => server.trim()))
    .optional(),
  /** Where the system's `git` is found. */
  PATH: z.string().default("/usr/local/bin:/usr/bin:/bin"),
  /** Who drives the jobs (docs/operations/jobs.md): our own driver, or an Inngest server that must be told of them. */
  GANTRY_JOB_ENGINE: z.enum(["embedded", "inngest"]).default("embedded"),
  /** Not said: Inngest's cloud, by its own addresses. */
  INNGEST_BASE_URL: z.url().default("https://api.inngest.com"),
  INNGEST_EVENT_KEY: z.string().min(1),
  INNGEST_SIGNING_KEY: z.string().min(1),
  /** The key before this one: what is signed by it is taken while keys are changed. */
  INNGEST_SIGNING_KEY_FALLBACK: z.string().min(1).optional(),
  /** How many reverse proxies stand before the web application, each adding to X-Forwarded-For; 0: none is believed. */
  GANTRY_TRUSTED_PROXIES: z.coerce.number().int().min(0).max(10).default(0),
  /** Whether databases on this machine and its networks may be imported; not said: where NEXTAUTH_URL is this machine. */
  GANTRY_ALLOW_PRIVATE_IMPORTS: z.stringbool().optional(),
  /** Whether owners may let their apps reach addresses of this machine and its networks; not said: as for imports. */
  GANTRY_ALLOW_PRIVATE_EGRESS: z.stringbool().optional(),
  /** Folder of backups that have no other storage; not said: `backups` below GANTRY_DATA. */
  GANTRY_BACKUPS: z.string().min(1).optional(),
  /** Mails of apps without a server of their own leave by this one: `smtp://` or `smtps://`, with user and password. */
  GANTRY_MAIL_URL: z.url({ protocol: /^smtps?$/ }).optional(),
  /** Their sender, an address. */
  GANTRY_MAIL_FROM: z.email().optional(),
  /** Signing in with accounts elsewhere: id and secret that the provider gave this installation. */
  GANTRY_GOOGLE_ID: z.string().min(1).optional(),
  GANTRY_GOOGLE_SECRET: z.string().min(1).optional(),
  GANTRY_GITHUB_ID: z.string().min(1).optional(),
  GANTRY_GITHUB_SECRET: z.string().min(1).optional(),
  /** Of a GitHub Enterprise Server. */
  GANTRY_GITHUB_URL: z.url().default("https://github.com"),
  GANTRY_MICROSOFT_ID: z.string().min(1).optional(),
  GANTRY_MICROSOFT_SECRET: z.string().min(1).optional(),
  /** `common`: anybody's; a tenant's id: its own people, for whose addresses it is believed. */
  GANTRY_MICROSOFT_TENANT: z
    .string()
    .regex(/^[\w.-]+$/)
    .default("common"),
  /** Any issuer of OpenID Connect. */
  GANTRY_OIDC_ISSUER: z.url().optional(),
  GANTRY_OIDC_ID: z.string().min(1).optional(),
  GANTRY_OIDC_SECRET: z.string().min(1).optional(),
  /** What stands on its button. */
  GANTRY_OIDC_NAME: z.string().min(1).max(40).default("OpenID"),
  /** The plan of organisations without a subscription; not said: Free where plans are sold, else Enterprise. */
  GANTRY_PLAN: z.enum(planNames).optional(),
  /** With it plans are sold by Stripe. */
  STRIPE_SECRET_KEY: z.string().min(1).optional(),
  /** Signs what Stripe tells; two with a comma between while one takes the place of the other. */
  STRIPE_WEBHOOK_SECRET: z
    .string()
    .regex(/^[^\s,]+(,[^\s,]+)?$/)
    .optional(),
  /** Another server that speaks Stripe's API, such as that of the tests; not said: Stripe's own. */
  STRIPE_API_URL: z.url({ protocol: /^https?$/ }).optional(),
  /** Whether Stripe works out taxes, for which Stripe Tax must be set up there. */
  STRIPE_AUTOMATIC_TAX: z.stringbool().default(true),
});

export type Env = z.infer<typeof settings>;

let parsed: Env | undefined;

/** Throws with every missing or malformed setting named. Lazy, so that `next build` needs none. */
export function env(): Env {
  if (!parsed) {
    const result = settings.safeParse(process.env);
    if (!result.success) throw new Error(`Settings are missing or malformed.\n${z.prettifyError(result.error)}`);
    parsed = result.data;
  }
  return parsed;
}

/** What the embedded job driver (server/jobs/main.ts), a program of its own, needs of them. */
const jobsSettings = settings
  .pick({ DATABASE_URL: true, GANTRY_INTERNAL_URL: true, INNGEST_EVENT_KEY: true, INNGEST_SIGNING_KEY: true })
  .extend({ GANTRY_JOBS_PORT: z.coerce.number().int().min(0).max(65_535) });

/** Throws with every missing or malformed setting named. */
export function jobsEnv(): z.infer<typeof jobsSettings> {
  const result = jobsSettings.safeParse(process.env);
  if (!result.success) throw new Error(`Settings are missing or malformed.\n${z.prettifyError(result.error)}`);
  return result.data;
}
