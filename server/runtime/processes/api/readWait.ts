/** No caller is kept waiting for longer; seconds. */
const longest = 60;

/** Seconds of `Prefer: wait=10` (RFC 7240); what is no number is passed over, as preferences are. */
export function readWait(prefer: string | readonly string[] | undefined): number {
  const text = typeof prefer === "string" ? prefer : (prefer ?? []).join();
  const match = /(?:^|[,;\s])wait\s*=\s*"?(\d{1,6})"?(?=$|[,;\s])/i.exec(text);
  return match ? Math.min(longest, Number(match[1])) : 0;
}
