import type { inferRouterInputs, inferRouterOutputs } from "@trpc/server";
import type { AppRouter } from "#server/trpc/root.ts";

type Outputs = inferRouterOutputs<AppRouter>["deployments"];

export type EnvironmentState = Outputs["environments"][number];
export type Release = Outputs["list"][number];
export type ShownDeployment = Outputs["get"];
export type Rollout = NonNullable<Outputs["rollout"]["get"]>;
export type Fare = NonNullable<Rollout["figures"]["candidate"]>;
export type Strategy = NonNullable<EnvironmentState["strategy"]>;
/** As it is sent. */
export type ChosenStrategy = inferRouterInputs<AppRouter>["deployments"]["setStrategy"]["strategy"];
export type Split = Rollout["split"];
