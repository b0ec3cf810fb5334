import type { inferRouterInputs, inferRouterOutputs } from "@trpc/server";
import type { AppRouter } from "#server/trpc/root.ts";

/** What shows that it is somebody: their password, or one of their second factors. */
export type Proof = inferRouterInputs<AppRouter>["accounts"]["prove"];

export type FactorProof = Extract<Proof, { kind: "code" | "recovery" | "passkey" }>;

export type ProofKind = Proof["kind"];

/** What the server asks a passkey to sign. */
export type PasskeyChallenge = inferRouterOutputs<AppRouter>["accounts"]["signIn"]["passkeyChallenge"];
