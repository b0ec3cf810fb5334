import type { Connection } from "#lib/model/processTypes.ts";
import { StepError } from "../processes/StepError.ts";
import { type Secretive, secretOf } from "./secretOf.ts";

/** What a connection adds to a request. */
export interface ConnectionParts {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Which of the headers are credentials. */
  readonly credentialHeaders: readonly string[];
}

/** The whole address of a path at a connection, with its credentials. The path leads nowhere above the connection's own. */
export function connectionRequest(environment: Secretive, connection: Connection, path: string): ConnectionParts {
  const text = connection.urlSecret ? secretOf(environment, connection.urlSecret) : (connection.url ?? "");
  const base = URL.canParse(text) ? new URL(text) : null;
  if (!base) throw lasting(`The address of the connection ${connection.name} is no URL.`);
  if (/^[a-z][a-z0-9+.-]*:|^[/\\]{2}/i.test(path)) {
    throw lasting(`With the connection ${connection.name}, give a path below its address.`);
  }
  const folder = base.pathname.endsWith("/") ? base.pathname : `${base.pathname}/`;
  const below = path.replace(/^\//, "");
  const url = below === "" ? base : new URL(below.startsWith("?") ? `${base.pathname}${below}` : folder + below, base);
  // A connection may carry a query of its own, such as a version.
  if (url !== base) for (const [name, value] of base.searchParams) url.searchParams.append(name, value);
  const isBelow = url.pathname === base.pathname || url.pathname.startsWith(folder);
  if (url.origin !== base.origin || !isBelow) {
    throw lasting(`The path leads out of the address of the connection ${connection.name}.`);
  }
  const headers = credentials(environment, connection);
  return { url: url.href, headers, credentialHeaders: Object.keys(headers) };
}

function credentials(environment: Secretive, { authorization }: Connection): Readonly<Record<string, string>> {
  switch (authorization?.kind) {
    case undefined:
      return {};
    case "bearer":
      return { authorization: `Bearer ${secretOf(environment, authorization.secret)}` };
    case "basic": {
      const pair = `${authorization.user}:${secretOf(environment, authorization.secret)}`;
      return { authorization: `Basic ${Buffer.from(pair).toString("base64")}` };
    }
    case "header":
      return { [authorization.header.toLowerCase()]: secretOf(environment, authorization.secret) };
  }
}

function lasting(message: string): StepError {
  return new StepError("invalid_request", message, { isLasting: true });
}
