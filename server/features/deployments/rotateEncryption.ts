import { configuredDriver } from "../../deploy/configuredDriver.ts";
import { rotateEncryptionKey } from "../environments/service.ts";
import { tellLive, withSpecLock } from "./switchOver.ts";

/**
 * Gives an environment a new key for its encrypted attributes, and seals with it what is there. Called again it makes
 * another key; what an interrupted call left is sealed by the next. Answers how many values were sealed anew.
 */
export async function rotateEncryption(environmentId: string): Promise<number> {
  const isLive = await withSpecLock(environmentId, async (db, environment) => {
    await tellLive(db, await rotateEncryptionKey(db, environment));
    return environment.release !== null;
  });
  return isLive ? await configuredDriver().reencrypt(environmentId) : 0;
}
