import { type ConsoleRequest, hasBody } from "./ConsoleRequest.ts";

/** A request for the shell; `$KEY` stands for the API key, so that none is copied. */
export function asCurl(url: string, { method, path, body, headers }: ConsoleRequest): string {
  const lines = [`curl -g${method === "GET" ? "" : ` -X ${method}`} ${quoted(url + path)}`];
  for (const [name, value] of Object.entries(headers)) {
    lines.push(name === "authorization" ? '-H "Authorization: Bearer $KEY"' : `-H ${quoted(`${name}: ${value}`)}`);
  }
  if (hasBody(method) && body !== "") lines.push(`-d ${quoted(body)}`);
  return lines.join(" \\\n  ");
}

/** In the shell nothing has a meaning between single quotes but the quote itself. */
const quoted = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;
