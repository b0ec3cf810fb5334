import type { CommitSources } from "./git/readSources.ts";

const maxCommits = 64;
/** In UTF-16 units of all texts together. */
const maxText = 32 * 1024 * 1024;

/** The files of commits that were read lately. Commits never change, so nothing here goes out of date. */
export class SourceCache {
  readonly #commits = new Map<string, { readonly sources: CommitSources; readonly size: number }>();
  #size = 0;

  get(key: string): CommitSources | undefined {
    const found = this.#commits.get(key);
    if (!found) return undefined;
    this.#commits.delete(key);
    this.#commits.set(key, found);
    return found.sources;
  }

  set(key: string, sources: CommitSources): void {
    this.delete(key);
    const size = Object.values(sources.files).reduce((sum, text) => sum + text.length, 0);
    this.#commits.set(key, { sources, size });
    this.#size += size;
    for (const oldest of this.#commits.keys()) {
      if (this.#commits.size <= maxCommits && this.#size <= maxText) break;
      this.delete(oldest);
    }
  }

  delete(key: string): void {
    const found = this.#commits.get(key);
    if (!found) return;
    this.#commits.delete(key);
    this.#size -= found.size;
  }
}
