/** Which app a request is for, and the path within it. */
export interface Address {
  readonly label: string;
  /** What stands in front of the app's own paths: empty when the host names the app. */
  readonly base: string;
  readonly path: string;
  readonly query: string;
}

const byPath = /^\/apps\/([a-z0-9-]{1,63})(\/.*)?$/;

/**
 * `<label>.<anything>/…`, or `/apps/<label>/…` where host names cannot be had. A host that names an app wins, so that
 * an app may have such paths of its own.
 */
export function addressOf(
  host: string | undefined,
  target: string,
  isLabel: (label: string) => boolean,
): Address | null {
  const { path, query } = split(target);
  const dot = host?.indexOf(".") ?? -1;
  const named = host && dot > 0 ? host.slice(0, dot).toLowerCase() : null;
  if (named !== null && isLabel(named)) return { label: named, base: "", path, query };
  const match = byPath.exec(path);
  const label = match?.[1];
  if (label === undefined || !isLabel(label)) return null;
  return { label, base: `/apps/${label}`, path: match?.[2] ?? "/", query };
}

/** The whole address belongs to one app. */
export function wholeAddress(label: string, target: string): Address {
  return { label, base: "", ...split(target) };
}

function split(target: string): Pick<Address, "path" | "query"> {
  const mark = target.indexOf("?");
  return mark < 0 ? { path: target, query: "" } : { path: target.slice(0, mark), query: target.slice(mark + 1) };
}
