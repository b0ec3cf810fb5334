import { Inngest } from "inngest";
import postgres from "postgres";
import { keys, startTestApplication } from "../contract/TestApplication.ts";

// The application of crash.test.ts as a process of its own: kills itself in the step that it is told to, once.

const [port = "", databaseUrl = "", crashAt = ""] = process.argv.slice(2);
const sql = postgres(databaseUrl, { max: 2 });
const client = new Inngest({ id: "contract", isDev: false, ...keys, baseUrl: "http://127.0.0.1:1" });

const work = client.createFunction({ id: "work", triggers: { event: "work" } }, async ({ step }) => {
  for (const name of ["one", "two", "three"]) {
    await step.run(name, async () => {
      const before = await sql`select from journal where entry = ${name}`;
      await sql`insert into journal (entry) values (${name})`;
      if (name === crashAt && before.length === 0) process.kill(process.pid, "SIGKILL");
      return name;
    });
  }
  await sql`insert into journal (entry) values ('end')`;
});

await startTestApplication(client, [work], Number(port));
process.send?.("ready");
process.on("disconnect", () => process.exit(0));
