import { expect } from "vitest";
import { restPath } from "#lib/model/naming/restPath.ts";
import type { Model, Resource } from "#lib/model/types.ts";
import type { Random } from "#tests/support/Random.ts";
import { type ApiRecord, randomChange, randomInput } from "#tests/support/randomInput.ts";
import type { Answer, Call } from "#tests/support/servedVersions.ts";

/** Records by resource, in the order of their keys. */
export type Read = Readonly<Record<string, readonly ApiRecord[]>>;

export interface Written {
  readonly resource: string;
  readonly id: unknown;
}

interface Means {
  readonly random: Random;
  /** A number that no other record has. */
  readonly next: () => number;
}

/** The clients of one version of a random model: what they send is taken and shown as it was sent. */
export class VersionClient {
  readonly model: Model;
  readonly #call: Call;
  readonly #random: Random;
  readonly #next: () => number;

  constructor(model: Model, call: Call, { random, next }: Means) {
    this.model = model;
    this.#call = call;
    this.#random = random;
    this.#next = next;
  }

  /** Makes a record of every resource and changes it. */
  async write(): Promise<void> {
    for (const resource of this.model.resources) {
      const path = `/${restPath(resource)}`;
      const keys = new Map<string, unknown>();
      for (const target of this.model.resources) {
        const [first] = await this.#list(target);
        keys.set(target.name, first?.id ?? null);
      }
      const findKey = (name: string) => keys.get(name) ?? null;
      const input = randomInput(this.#random, resource, { number: this.#next(), findKey });
      if (!input) continue;
      const made = await this.#call("POST", path, input);
      this.#expectTaken(made, input);
      const { id } = made.body as ApiRecord;
      await this.#patch(resource, id);
      const one = await this.#call("GET", `${path}/${encodeURIComponent(String(id))}`);
      expect(one.status).toBe(200);
    }
  }

  /** Changes a record that is there, whoever has made it; null where there is none to change. */
  async change(): Promise<Written | null> {
    const resource = this.#random.pick(this.model.resources);
    const records = await this.#list(resource);
    if (records.length === 0) return null;
    const { id } = this.#random.pick(records);
    return (await this.#patch(resource, id)) ? { resource: resource.name, id } : null;
  }

  /** Everything that it reads. */
  async readAll(): Promise<Read> {
    const all: Record<string, readonly ApiRecord[]> = {};
    for (const resource of this.model.resources) all[resource.name] = await this.#list(resource);
    return all;
  }

  async #patch(resource: Resource, id: unknown): Promise<boolean> {
    const change = randomChange(this.#random, resource, this.#next());
    if (!change) return false;
    const path = `/${restPath(resource)}/${encodeURIComponent(String(id))}`;
    this.#expectTaken(await this.#call("PATCH", path, change), change);
    return true;
  }

  #expectTaken(answer: Answer, sent: ApiRecord): void {
    expect(answer, JSON.stringify(sent)).toMatchObject({ status: expect.toSatisfy((status) => status < 300) });
    for (const name of Object.keys(sent)) expect(answer.body).toHaveProperty(name);
  }

  async #list(resource: Resource): Promise<readonly ApiRecord[]> {
    const answer = await this.#call("GET", `/${restPath(resource)}?page[size]=100`);
    expect(answer, resource.name).toMatchObject({ status: 200 });
    return (answer.body as { data: readonly ApiRecord[] }).data;
  }
}
