import { Secret, TOTP } from "otpauth";

/** What every application for codes knows: SHA-1, six digits, thirty seconds. */
const settings = { algorithm: "SHA1", digits: 6, period: 30 } as const;

const secretBytes = 20;

/** In base 32. */
export function newSecret(): string {
  return new Secret({ size: secretBytes }).base32;
}

/** What an application reads out of the picture: whose account it is, and the secret. */
export function enrolmentAddress(secret: string, account: string): string {
  const whole = { ...settings, issuer: "Gantry", label: account, secret: Secret.fromBase32(secret) };
  return new TOTP(whole).toString();
}

/** The step of a code, one before or after the present one at most; null for a code of none of them. */
export function stepOf(code: string, secret: string, now: number): number | null {
  if (!/^\d{6}$/.test(code)) return null;
  const away = TOTP.validate({
    ...settings,
    token: code,
    secret: Secret.fromBase32(secret),
    timestamp: now,
    window: 1,
  });
  return away === null ? null : TOTP.counter({ period: settings.period, timestamp: now }) + away;
}

/** The code of a moment. */
export function codeAt(secret: string, now: number): string {
  return TOTP.generate({ ...settings, secret: Secret.fromBase32(secret), timestamp: now });
}
