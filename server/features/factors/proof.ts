import type { AuthenticationResponseJSON, RegistrationResponseJSON } from "@simplewebauthn/server";
import { z } from "zod";

const encoded = z.string().max(20_000);

/** What the browser says of extensions, none of which is used. */
const extensions = z.unknown().transform(() => ({}));

const credential = { id: z.string().max(2000), rawId: z.string().max(2000), type: z.literal("public-key") };

/** What a browser answers for a passkey that it showed; the library looks at the rest. */
export const passkeyAnswer = z.object({
  ...credential,
  response: z.object({
    clientDataJSON: encoded,
    authenticatorData: encoded,
    signature: encoded,
    userHandle: z.string().max(200).exactOptional(),
  }),
  clientExtensionResults: extensions,
}) satisfies z.ZodType<AuthenticationResponseJSON>;

/** The same for one that it made. */
export const newPasskeyAnswer = z.object({
  ...credential,
  response: z.object({
    clientDataJSON: encoded,
    attestationObject: encoded,
    transports: z.array(z.string().max(40)).max(10).exactOptional(),
  }),
  clientExtensionResults: extensions,
}) satisfies z.ZodType<RegistrationResponseJSON>;

export const typedCode = z.string().trim().min(1, "Type the code.").max(60);

/** One factor, shown. */
export const factorProof = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("code"), code: typedCode }),
  z.object({ kind: z.literal("recovery"), code: typedCode }),
  z.object({ kind: z.literal("passkey"), answer: passkeyAnswer }),
]);

export type FactorProof = z.infer<typeof factorProof>;
