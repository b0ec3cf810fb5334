// drizzle-kit and drizzle's relational client want the whole schema as one module; nothing else imports it from here.
export * from "./apiKeys.ts";
export * from "./backups.ts";
export * from "./branchRules.ts";
export * from "./deployments.ts";
export * from "./deviceLogins.ts";
export * from "./environmentSecrets.ts";
export * from "./environments.ts";
export * from "./imports.ts";
export * from "./jobs.ts";
export * from "./organisations.ts";
export * from "./projects.ts";
export * from "./rateLimits.ts";
export * from "./rejectedTests.ts";
export * from "./rollouts.ts";
export * from "./telemetry.ts";
export * from "./tokens.ts";
export * from "./users.ts";
