// A runtime's engine as a program of its own, for the tests that kill it: works on the database at argv[2].
import { setTimeout as pause } from "node:timers/promises";
import { Engine } from "../Engine.ts";
import type { Task } from "../Work.ts";
import { engineHost, quickLimits } from "./engineHost.ts";
import { workingModel } from "./workingModel.ts";

const [, , url = ""] = process.argv;
const host = engineHost({ one: { url, model: workingModel() } });

interface Payload {
  readonly id: number;
  /** How long the job takes; null: until the end of the process. */
  readonly milliseconds: number | null;
}

/** Notes its beginning and its end in rows of its own. */
const task: Task = {
  name: "test",
  async perform(payload, { environment: { database }, signal }) {
    const { id, milliseconds } = payload as unknown as Payload;
    const note = (what: string) =>
      database.own(async (sql) => {
        await sql.unsafe("insert into notes (job, what, process) values ($1, $2, $3)", [
          String(id),
          what,
          String(process.pid),
        ]);
      });
    await note("begun");
    if (milliseconds === null) await pause(2 ** 30, undefined, { signal });
    else if (milliseconds > 0) await pause(milliseconds, undefined, { signal });
    await note("ended");
  },
};

const engine = new Engine({ host, limits: quickLimits, tasks: { test: async () => task }, pumps: [] });
engine.enlist("one", url);
// As the servers of a runtime do.
setInterval(() => {}, 2 ** 30);
process.send?.("ready");
process.on("SIGTERM", async () => {
  await engine.stop(0.2);
  process.exit(0);
});
