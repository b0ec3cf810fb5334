/**
 * Ports of this machine and its network that lead to our own servers: this program's admin port and PostgreSQL. An
 * exception that opens a host or a network to an app does not open these; it would have to name the port.
 */
const ports = new Set([5432]);

export const guardedPorts: ReadonlySet<number> = ports;

export function guardPort(port: number): void {
  ports.add(port);
}

/** The port of a database's address. */
export function guardDatabase(url: string): void {
  const port = /:(\d{1,5})(?:\/[^/]*)?$/.exec(url.replace(/\?.*$/s, ""))?.[1];
  if (port !== undefined) guardPort(Number(port));
}
