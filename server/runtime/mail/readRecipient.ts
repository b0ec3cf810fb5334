export interface Recipient {
  readonly name: string;
  readonly address: string;
}

const address =
  /^[^\s@<>()[\]\\,;:"]{1,64}@(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.)*[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?$/u;

/** `ada@example.com` or `Ada <ada@example.com>`; null for what is not exactly one address. */
export function readRecipient(text: string): Recipient | null {
  const parts = /^(?:"?(?<name>[^"<>\r\n]{0,200}?)"?\s*<(?<inside>[^<>\s]{3,254})>|(?<plain>\S{3,254}))$/.exec(
    text.trim(),
  );
  const found = parts?.groups?.inside ?? parts?.groups?.plain;
  if (found === undefined || !address.test(found)) return null;
  return { name: parts?.groups?.name ?? "", address: found };
}
