import { X509Certificate } from "node:crypto";
import { AppError } from "#lib/errors/AppError.ts";

const fewestBits = 2048;

/** A certificate by which a provider signs, as screens show it. */
export interface ShownCertificate {
  readonly subject: string;
  /** SHA-256 of it, in pairs of hex digits. */
  readonly fingerprint: string;
  readonly validFrom: Date;
  readonly validTo: Date;
}

/** As PEM, from PEM or the bare base64 of metadata. Throws AppError for what is none of a strong RSA key. */
export function readCertificate(text: string): string {
  const base64 = text.replace(/-----(BEGIN|END) CERTIFICATE-----/g, "").replace(/\s+/g, "");
  const pem = `-----BEGIN CERTIFICATE-----\n${base64.replace(/(.{64})(?=.)/g, "$1\n")}\n-----END CERTIFICATE-----\n`;
  const { asymmetricKeyType: type, asymmetricKeyDetails: details } = parsed(pem).publicKey;
  if (type !== "rsa" || (details?.modulusLength ?? 0) < fewestBits) {
    throw new AppError("invalid_input", `The certificate must hold an RSA key of at least ${fewestBits} bits.`);
  }
  return pem;
}

export function showCertificate(pem: string): ShownCertificate {
  const { subject, fingerprint256: fingerprint, validFrom, validTo } = parsed(pem);
  return { subject, fingerprint, validFrom: new Date(validFrom), validTo: new Date(validTo) };
}

function parsed(pem: string): X509Certificate {
  try {
    return new X509Certificate(pem);
  } catch (cause) {
    throw new AppError("invalid_input", "A certificate cannot be read. Paste it whole, as PEM.", { cause });
  }
}
