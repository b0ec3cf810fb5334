import { env } from "../../env.ts";

/** What a directory is given as its base address. */
export function directoryAddress(directoryId: string): string {
  return `${new URL(env().NEXTAUTH_URL).origin}/api/scim/v2/${directoryId}`;
}
