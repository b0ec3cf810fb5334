import { createHash, randomBytes } from "node:crypto";
import { env } from "../../env.ts";

/** What an invitation's link carries: 256 random bits, of which the database keeps the SHA-256. */
export function newInvitationToken(): { readonly token: string; readonly hash: string } {
  const token = randomBytes(32).toString("base64url");
  return { token, hash: hashOf(token) };
}

export function hashOf(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}

export function invitationLink(token: string): string {
  return new URL(`/invitations/${token}`, env().NEXTAUTH_URL).href;
}
