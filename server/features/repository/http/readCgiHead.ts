const maxHead = 16 * 1024;

export interface CgiHead {
  readonly status: number;
  readonly headers: Headers;
  /** Of the body, what came with the head. */
  readonly rest: Buffer;
}

/** Reads the head of a CGI program's answer; null when the output ends within it. */
export async function readCgiHead(output: AsyncIterator<Buffer>): Promise<CgiHead | null> {
  let seen: Buffer = Buffer.alloc(0);
  for (;;) {
    const end = /\r?\n\r?\n/.exec(seen.toString("latin1", 0, maxHead));
    if (end) return { ...parse(seen.toString("latin1", 0, end.index)), rest: seen.subarray(end.index + end[0].length) };
    if (seen.length >= maxHead) throw new Error("The head of a CGI answer does not end.");
    const next = await output.next();
    if (next.done) return null;
    seen = Buffer.concat([seen, next.value]);
  }
}

function parse(text: string): Omit<CgiHead, "rest"> {
  const headers = new Headers();
  let status = 200;
  for (const line of text.split(/\r?\n/)) {
    const colon = line.indexOf(":");
    const name = line.slice(0, colon).trim().toLowerCase();
    const value = line.slice(colon + 1).trim();
    if (name === "status") status = Number.parseInt(value, 10);
    else if (name !== "content-length") headers.append(name, value);
  }
  return { status, headers };
}
