import { hash, verify } from "@node-rs/argon2";
import { HashingSlots } from "#lib/passwords/HashingSlots.ts";

/** argon2id (the package's default) with the parameters OWASP asks for: 19 MiB, two passes, one lane. */
export const hashingCost = { memoryCost: 19_456, timeCost: 2, parallelism: 1, outputLen: 32 } as const;

/** Hash of random bytes that nobody has, of the same cost: what an unknown address's password is checked against. */
export const nobodysHash =
  "$argon2id$v=19$m=19456,t=2,p=1$JDxIb3tpBMn6FvhfQR5xVA$Deozwj4zLgTPUkMrjbJ8OVfZSlTcDstCcjRhJb5W3WM";

const slots = new HashingSlots({ atOnce: 2, mayWait: 100 });

/** In PHC format. */
export async function hashPassword(password: string): Promise<string> {
  return await slots.run(() => hash(normal(password), hashingCost));
}

/** Takes as long when there is no hash to check against. */
export async function verifyPassword(password: string, stored: string | null | undefined): Promise<boolean> {
  const right = await slots.run(() => verify(stored ?? nobodysHash, normal(password)));
  return right && typeof stored === "string";
}

/** Keyboards differ in how they compose accented letters; the same password must come out. */
function normal(password: string): string {
  return password.normalize("NFKC");
}
