import { appendFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { catalogOf } from "#lib/plan/catalog/Catalog.ts";
import { Database } from "../../exec/Database.ts";
import type { Environment } from "../../host/Environment.ts";
import { dispatchEvents } from "../dispatchEvents.ts";
import type { EventConsumer } from "../EventConsumer.ts";
import { eventModel } from "./eventModel.ts";

/*
 * A runtime that does nothing but dispatch, to be killed: `<address of the database> <file>`. What a consumer is given
 * goes to the file before anything is committed, a line for each event; another consumer keeps the ids in its transaction.
 */
const [url = "", file = ""] = process.argv.slice(2);
const database = new Database(url);
// Nothing else of an environment is asked for, and it starts the sooner.
const environment = { app: { catalog: catalogOf(eventModel()) }, database, spec: { id: "killed" } } as Environment;

const outside: EventConsumer = {
  name: "outside",
  isNeeded: () => true,
  async take(events) {
    for (const { id, key, record } of events) {
      appendFileSync(file, `${JSON.stringify([id, key, record?.amount, record?.title])}\n`);
      // So that kills come in the midst of it.
      if (events.length > 1) await sleep(1);
    }
  },
};
const inside: EventConsumer = {
  name: "inside",
  isNeeded: () => true,
  async take(events, { sql }) {
    for (const { id } of events) await sql`insert into people (name) values (${`taken ${id}`})`;
  },
};

let isTold = false;
for (;;) {
  try {
    const { isFull } = await dispatchEvents({ environment, consumers: [outside, inside], limit: 12 });
    if (!isTold) process.stdout.write("dispatching\n");
    isTold = true;
    if (!isFull) await sleep(5);
  } catch {
    // The server or this session was killed.
    await sleep(20);
  }
}
