import { readException } from "#lib/network/EgressRules.ts";

/** Whether a place may be asked without TLS: only one that the environment's exceptions name. */
export function mayBePlain(place: URL, allow: readonly string[]): boolean {
  if (place.protocol !== "http:") return false;
  const host = place.hostname.replace(/^\[|\]$/g, "");
  const port = place.port === "" ? 80 : Number(place.port);
  return allow.some((text) => {
    const exception = readException(text);
    return (
      exception !== null &&
      (exception.port === null || exception.port === port) &&
      exception.covers({ host, port, address: host })
    );
  });
}
