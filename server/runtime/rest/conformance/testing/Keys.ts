import type { Random } from "#tests/support/Random.ts";

type Key = string | number;

const mostKeys = 400;

/** Keys of records that are known to have been there, by resource. */
export class Keys {
  readonly #byResource = new Map<string, Key[]>();

  learn(resource: string, key: unknown): void {
    if (typeof key !== "string" && typeof key !== "number") return;
    const keys = this.#byResource.get(resource) ?? [];
    this.#byResource.set(resource, keys);
    if (keys.length < mostKeys && !keys.includes(key)) keys.push(key);
  }

  forget(resource: string, key: string): void {
    const keys = this.#byResource.get(resource);
    const at = keys?.findIndex((each) => String(each) === key) ?? -1;
    if (at >= 0) keys?.splice(at, 1);
  }

  forgetAll(): void {
    this.#byResource.clear();
  }

  any(resource: string, random: Random): Key | null {
    const keys = this.#byResource.get(resource) ?? [];
    return keys.length > 0 ? random.pick(keys) : null;
  }
}
