import type { Environment } from "../host/Environment.ts";
import { logDefect } from "../log.ts";

/** How often a database is asked for its size. */
const sizeMilliseconds = 10 * 60_000;

/** The same of a store of files, which has to look at each. */
const filesMilliseconds = 60 * 60_000;

const sizeAsked = new WeakMap<object, number>();
const filesAsked = new WeakMap<object, number>();

/** Notes what is looked at instead of counted. An environment whose connections rest is left alone. */
export function sampleGauges(environments: readonly Environment[], now = Date.now()): void {
  for (const environment of environments) {
    const { database, telemetry, siblings } = environment;
    const { used, waiting, most } = database.takeUse();
    if (siblings.streams > 0) {
      telemetry.gauge({ name: "gantry.streams", unit: "{stream}", attributes: {}, value: siblings.streams });
    }
    if (used === 0 && waiting === 0) continue;
    const state = (name: string) => ({ "db.client.connection.state": name });
    telemetry.gauge({ ...connections, attributes: state("used"), value: used });
    telemetry.gauge({ ...pending, attributes: {}, value: waiting });
    telemetry.gauge({ ...mostConnections, attributes: {}, value: most });
    if (now - (sizeAsked.get(database) ?? 0) < sizeMilliseconds) continue;
    sizeAsked.set(database, now);
    noteSize(environment).catch((error: unknown) => logDefect("A database could not be asked for its size.", error));
  }
}

const connections = { name: "db.client.connection.count", unit: "{connection}" } as const;
const pending = { name: "db.client.connection.pending_requests", unit: "{request}" } as const;
const mostConnections = { name: "db.client.connection.max", unit: "{connection}" } as const;

async function noteSize({ database, telemetry, files, spec }: Environment): Promise<void> {
  const [[bytes] = []] = await database.inspect("select pg_database_size(current_database())::text", []);
  telemetry.gauge({ name: "gantry.database.size", unit: "By", attributes: {}, value: Number(bytes) });
  const now = Date.now();
  if (!files || now - (filesAsked.get(database) ?? 0) < filesMilliseconds) return;
  filesAsked.set(database, now);
  telemetry.gauge({ name: "gantry.files.size", unit: "By", attributes: {}, value: await files.sizeOf(spec.id) });
}
