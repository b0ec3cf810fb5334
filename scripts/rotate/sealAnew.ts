import { openDatabase } from "#db/client.ts";
import { keyringOf } from "#server/secrets/Keyring.ts";
import { reseal } from "#server/secrets/reseal.ts";
import { Failure } from "../Failure.ts";

interface Rotation {
  readonly databaseUrl: string;
  readonly newest: string;
  /** With commas between. */
  readonly previous: string;
}

/** Seals all that the control plane keeps with the newest key; says how much that was. Throws where something does not open. */
export async function sealAnew({ databaseUrl, newest, previous }: Rotation): Promise<string> {
  const db = openDatabase(databaseUrl, { max: 1 });
  try {
    const { done, unknown } = await reseal(db, keyringOf({ newest, previous }));
    if (unknown.length > 0) {
      const told = unknown.slice(0, 5).map(({ place, reason }) => `${place}: ${reason}`);
      throw new Failure(
        `${unknown.length} sealed texts are opened by none of the keys; the others are sealed anew (${done}).\n${told.join("\n")}\nAdd the key that sealed them to GANTRY_SECRET_PREVIOUS.`,
      );
    }
    return `${done} sealed anew`;
  } finally {
    await db.$client.end();
  }
}
