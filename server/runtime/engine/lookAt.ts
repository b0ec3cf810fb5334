import { QueueConnection } from "../exec/QueueConnection.ts";
import { freeAbandoned, type QueueLook, queueLook } from "./queueLook.ts";

export interface Looking {
  readonly url: string;
  readonly tasks: readonly string[];
  /** SQL expressions of booleans. */
  readonly questions: readonly string[];
}

export interface Looked {
  readonly look: QueueLook;
  /** Whether one of the questions is answered with yes. */
  readonly isWaiting: boolean;
}

/** Looks into a database whose environment sleeps, over a connection that is closed again. */
export async function lookAt({ url, tasks, questions }: Looking): Promise<Looked> {
  const unheard = { channels: [], onNotice: () => {}, onLost: () => {} };
  const connection = await QueueConnection.open({ url, ...unheard });
  try {
    await freeAbandoned(connection);
    const look = await queueLook(connection, tasks);
    const all = questions.map((question) => `(${question})`).join(" or ");
    const { rows } = await connection.query<{ waiting: boolean }>(`select ${all || "false"} as waiting`);
    return { look, isWaiting: rows[0]?.waiting === true };
  } finally {
    await connection.close();
  }
}
