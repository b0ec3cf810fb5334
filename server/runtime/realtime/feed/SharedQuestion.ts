import type { ReadChangesShape, RunPlan } from "#lib/plan/types.ts";
import type { Chunk } from "./ChangeLog.ts";
import { planOf, type Question } from "./Question.ts";
import type { ChangeHead } from "./readFeed.ts";
import type { ChangeKind, ToldChange } from "./ToldChange.ts";

/** An answer serves those who ask in the same moment; later ones are told how things are then. */
const freshMilliseconds = 200;

type Told = readonly ToldChange[];

/** One question that several readers of equal access ask: each chunk of changes is looked at once for all of them. */
export class SharedQuestion {
  readonly #question: Question;
  readonly #shape: ReadChangesShape;
  readonly #run: RunPlan;
  readonly #answers = new Map<Chunk, Promise<Told>>();
  readers = 0;

  constructor(question: Question, shape: ReadChangesShape, run: RunPlan) {
    this.#question = question;
    this.#shape = shape;
    this.#run = run;
  }

  /** What the changes of a chunk are to the readers, in their order. */
  answer(chunk: Chunk): Promise<Told> {
    const known = this.#answers.get(chunk);
    if (known) return known;
    const answer = this.#ask(chunk);
    this.#answers.set(chunk, answer);
    const forget = () => void this.#answers.delete(chunk);
    answer.then(() => setTimeout(forget, freshMilliseconds).unref(), forget);
    return answer;
  }

  async #ask({ changes }: Chunk): Promise<Told> {
    const { entity, actor } = this.#question;
    const own = changes.filter(({ table }) => table === entity.resource.table);
    const [first, last] = [own[0], own.at(-1)];
    if (!first || !last) return [];
    const ids = own.map(({ id }) => String(id));
    const asked = { ids, from: String(first.txid), to: String(last.txid) };
    const answer = await this.#run(actor, planOf(this.#shape, this.#question, asked));
    return answer ? this.#told(own, answer) : [];
  }

  #told(changes: readonly ChangeHead[], answer: Uint8Array): Told {
    const json = Buffer.from(answer.buffer, answer.byteOffset, answer.byteLength).toString("utf8");
    const entries = JSON.parse(json) as readonly (readonly [string, ChangeKind, string, string | null])[];
    const byId = new Map(entries.map((entry) => [entry[0], entry]));
    return changes.flatMap((change): ToldChange[] => {
      const entry = byId.get(String(change.id));
      if (!entry) return [];
      const [, kind, key, record] = entry;
      const shown = kind === "destroyed" || kind === "left" ? null : record;
      const position = { txid: change.txid, id: change.id };
      return [{ position, resource: this.#question.entity.name, kind, key, record: shown, printed: new Map() }];
    });
  }
}
