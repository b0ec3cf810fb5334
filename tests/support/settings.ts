import { createHash } from "node:crypto";

const secret = (name: string) => createHash("sha256").update(name).digest("hex");

/** Every setting that server/env.ts asks for, for tests that reach code which reads them. */
export function testSettings(given: Readonly<Record<string, string>> = {}): Record<string, string> {
  return {
    DATABASE_URL: "postgres://nobody@127.0.0.1:1/none",
    GANTRY_DATA: "/nonexistent",
    GANTRY_SECRET: secret("seal"),
    NEXTAUTH_SECRET: secret("sessions"),
    NEXTAUTH_URL: "http://localhost:3000",
    GANTRY_INTERNAL_URL: "http://127.0.0.1:3000",
    GANTRY_APPS_URL: "http://{app}.localhost:4000",
    GANTRY_RUNTIME_ADMIN_URL: "http://127.0.0.1:4001",
    GANTRY_RUNTIME_ADMIN_SECRET: secret("runtime"),
    GANTRY_TELEMETRY_SECRET: secret("telemetry"),
    INNGEST_BASE_URL: "http://127.0.0.1:3000",
    INNGEST_EVENT_KEY: "test",
    INNGEST_SIGNING_KEY: `signkey-test-${secret("jobs")}`,
    ...given,
  };
}
