import { generateKeyPairSync, type KeyObject, sign } from "node:crypto";

export interface TestKey {
  /** PEM. */
  readonly privateKey: string;
  /** PEM. */
  readonly certificate: string;
}

/** An RSA key with a certificate that it signs itself. */
export function selfSigned(
  name: string,
  { bits = 2048, days = 365 }: { readonly bits?: number; readonly days?: number } = {},
): TestKey {
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: bits });
  const algorithm = sequence(oid("2a864886f70d01010b"), Buffer.from([5, 0]));
  const called = sequence(tagged(0x31, sequence(oid("550403"), tagged(0x0c, Buffer.from(name)))));
  const now = Date.now();
  const toBeSigned = sequence(
    tagged(0xa0, tagged(2, Buffer.from([2]))),
    tagged(2, Buffer.from([1])),
    algorithm,
    called,
    sequence(time(new Date(now - 86_400_000)), time(new Date(now + days * 86_400_000))),
    called,
    publicKey.export({ type: "spki", format: "der" }),
  );
  const signature = tagged(3, Buffer.concat([Buffer.from([0]), sign("sha256", toBeSigned, privateKey)]));
  const der = sequence(toBeSigned, algorithm, signature);
  return { privateKey: pem(privateKey), certificate: wrapped(der) };
}

function pem(key: KeyObject): string {
  return key.export({ type: "pkcs8", format: "pem" }).toString();
}

function wrapped(der: Buffer): string {
  const lines = der.toString("base64").match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join("\n")}\n-----END CERTIFICATE-----\n`;
}

function tagged(tag: number, content: Buffer): Buffer {
  const { length } = content;
  const head = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255];
  return Buffer.concat([Buffer.from([tag, ...head]), content]);
}

function sequence(...parts: readonly Buffer[]): Buffer {
  return tagged(0x30, Buffer.concat(parts));
}

function oid(hex: string): Buffer {
  return tagged(6, Buffer.from(hex, "hex"));
}

function time(at: Date): Buffer {
  return tagged(0x17, Buffer.from(`${at.toISOString().replace(/[-:T]/g, "").slice(2, 14)}Z`));
}
