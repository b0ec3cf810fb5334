import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";

/** Which refresh token of which session: `gr_<session>.<number>.<proof>`. */
export interface RefreshToken {
  readonly session: string;
  readonly generation: number;
  readonly proof: string;
}

const form = /^gr_([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\.(0|[1-9]\d{0,8})\.([\w-]{43})$/;

/** Null for what is none. */
export function readRefreshToken(text: string): RefreshToken | null {
  const [, session, generation, proof] = form.exec(text) ?? [];
  if (session === undefined || generation === undefined || proof === undefined) return null;
  return { session, generation: Number(generation), proof };
}

/** The key that all refresh tokens of one session are made with. */
export function newSeed(): string {
  return randomBytes(32).toString("base64url");
}

/** The same seed and number make the same token, so that one whose answer was lost can be given again. */
export function refreshToken(session: string, generation: number, seed: string): string {
  return `gr_${session}.${generation}.${proofOf(session, generation, seed)}`;
}

export function isGenuine({ session, generation, proof }: RefreshToken, seed: string): boolean {
  return timingSafeEqual(Buffer.from(proofOf(session, generation, seed)), Buffer.from(proof));
}

function proofOf(session: string, generation: number, seed: string): string {
  return createHmac("sha256", Buffer.from(seed, "base64url")).update(`${session}.${generation}`).digest("base64url");
}
