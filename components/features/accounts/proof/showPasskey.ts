import type { FactorProof, PasskeyChallenge } from "./Proof.ts";

/** Lets the browser ask for a passkey. Throws a sentence for people where there was none, or they thought better of it. */
export async function showPasskey(
  challenge: PasskeyChallenge,
): Promise<Extract<FactorProof, { kind: "passkey" }>["answer"]> {
  const { startAuthentication } = await import("@simplewebauthn/browser");
  try {
    return await startAuthentication({ optionsJSON: challenge });
  } catch (error) {
    throw new PasskeyError(passkeyTrouble(error));
  }
}

/** Carries a sentence for people. */
export class PasskeyError extends Error {}

/** What to say of an error of the browser's own about passkeys. */
export function passkeyTrouble(error: unknown): string {
  if (typeof window !== "undefined" && !window.PublicKeyCredential) return "This browser knows no passkeys.";
  const name = error instanceof Error ? error.name : "";
  if (name === "InvalidStateError") return "This device has a passkey for your account already.";
  if (name === "SecurityError") return "Passkeys need the address that this installation is set up for, by https.";
  return "No passkey was used. Try again, or choose another way.";
}
