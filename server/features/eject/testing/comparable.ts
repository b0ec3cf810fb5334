/** What differs between two servers that do the same: ids and moments that they made, and where they stand. */
export class Comparable {
  readonly #ids = new Map<string, string>();
  readonly #base: string;

  constructor(base: string) {
    this.#base = base;
  }

  /** An answer as text in which those are replaced by the order in which they were met. */
  async of(response: Response): Promise<string> {
    const { status, headers } = response;
    const told = ["content-type", "etag", "location", "link", "allow", "preference-applied", "deprecation"].map(
      (name) => `${name}: ${name === "etag" ? headers.has(name) : headers.get(name)}`,
    );
    return this.#plain([String(status), ...told, await response.text()].join("\n"));
  }

  #plain(text: string): string {
    const { pathname } = new URL(this.#base);
    const placed = text.replaceAll(this.#base, "<base>");
    return (pathname === "/" ? placed : placed.replaceAll(pathname, ""))
      .replaceAll(/"(next|previous|startCursor|endCursor|cursor)":"[^"]*"/g, '"$1":"<cursor>"')
      .replaceAll(/\b[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}\b/g, (id) => this.#numbered(id))
      .replaceAll(/\b\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|\+00:00)/g, (at) => (isRecent(at) ? "<now>" : at));
  }

  #numbered(id: string): string {
    // Those of the seeds are equal on both sides, and were made long ago.
    if (!isRecent(new Date(Number.parseInt(id.replaceAll("-", "").slice(0, 12), 16)))) return id;
    const known = this.#ids.get(id) ?? `<id ${this.#ids.size + 1}>`;
    this.#ids.set(id, known);
    return known;
  }
}

function isRecent(moment: string | Date): boolean {
  return Math.abs(Date.now() - new Date(moment).getTime()) < 3_600_000;
}
