import { resolve } from "node:path";
import type { EnvironmentSpec } from "#lib/compile/Snapshot.ts";
import { placedModel } from "#lib/compile/schema/placeColumns.ts";
import type { LiveModel } from "#lib/compile/schema/planModelSchema.ts";
import { type Runtime, startRuntime } from "#server/runtime/host/startRuntime.ts";
import { readApiKeys } from "./apiKeys.ts";
import { encryptionOf } from "./encryption.ts";
import { release } from "./release.ts";
import { routes } from "./routes.ts";
import { servedMounts } from "./servedRoutes.ts";
import type { Settings } from "./settings.ts";
import { snapshotOf } from "./snapshotOf.ts";

/** The one app of this program has no need of a name. */
const name = "app";

/** Nothing is kept between starts: the model comes from the files, the rest from the environment. */
const noStore = {
  heads: async () => [],
  read: async () => {
    throw new Error("Nothing is kept.");
  },
  save: async () => {},
  remove: async () => {},
};

/** Serves the app; settles when it answers. */
export async function serve({ model, places }: LiveModel, settings: Settings): Promise<Runtime> {
  const { host, port, trustedProxies, s3, publicUrl, dataFolder } = settings;
  const config = { host, port, adminPort: null, adminSecret: "", stateFolder: resolve(dataFolder), appsUrl: publicUrl };
  // The one app never goes to sleep.
  const limits = { sleepSeconds: Number.MAX_SAFE_INTEGER };
  return await startRuntime(
    { ...config, s3, trustedProxies, limits },
    { only: await specOf({ model, places }, settings), store: noStore, mounts: servedMounts(model, routes) },
  );
}

async function specOf({ model, places }: LiveModel, settings: Settings): Promise<EnvironmentSpec> {
  const { databaseUrl, apiKeysFile, secrets, mail, egressAllow } = settings;
  return {
    id: name,
    label: name,
    revision: 1,
    release,
    commit: "",
    snapshot: snapshotOf(placedModel(model, places)),
    databaseUrl,
    apiKeys: await readApiKeys(apiKeysFile),
    encryption: await encryptionOf(settings),
    secrets,
    ...(mail && { mail }),
    ...(egressAllow.length > 0 && { egress: { allow: egressAllow } }),
  };
}
