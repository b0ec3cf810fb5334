import { Secret, TOTP } from "otpauth";

/** What every authenticator app knows: SHA-1, six digits, thirty seconds. */
const settings = { algorithm: "SHA1", digits: 6, period: 30 } as const;

/** Of RFC 4226: as long as the hash. */
const secretBytes = 20;

/** Base32. */
export function newSecret(): string {
  return new Secret({ size: secretBytes }).base32;
}

/** What an authenticator app reads out of a picture: the app's name, whose account it is, and the secret. */
export function enrolmentAddress(secret: string, { app, account }: { readonly app: string; readonly account: string }) {
  return new TOTP({ ...settings, issuer: app, label: account, secret: Secret.fromBase32(secret) }).toString();
}

/** The step that a code is of, one before or after the present one at most; null for a code that is of none of them. */
export function stepOf(code: string, secret: string, now: number): number | null {
  if (!/^\d{6}$/.test(code)) return null;
  const present = TOTP.counter({ period: settings.period, timestamp: now });
  const away = TOTP.validate({
    ...settings,
    token: code,
    secret: Secret.fromBase32(secret),
    timestamp: now,
    window: 1,
  });
  return away === null ? null : present + away;
}

/** The code of a step. */
export function codeAt(secret: string, now: number): string {
  return TOTP.generate({ ...settings, secret: Secret.fromBase32(secret), timestamp: now });
}
