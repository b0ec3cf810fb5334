/** A request to an API as it goes over the wire. */
export interface ApiRequest {
  readonly method: string;
  /** With the query, encoded. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array<ArrayBuffer> | null;
}

/** What was answered. */
export interface ApiReply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** The request as somebody can repeat it in a shell. */
export function asCurl(url: string, { method, path, headers, body }: ApiRequest): string {
  const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;
  const parts = [`curl -i -X ${method} --path-as-is ${quoted(url + path)}`];
  for (const [name, value] of Object.entries(headers)) parts.push(`-H ${quoted(`${name}: ${value}`)}`);
  if (body !== null) {
    const text = typeof body === "string" ? body : Buffer.from(body).toString("utf8");
    parts.push(`--data-binary ${quoted(text.length > 4000 ? `${text.slice(0, 4000)}…` : text)}`);
  }
  return parts.join(" ");
}
