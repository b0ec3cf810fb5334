/** One sentence out of what PostgreSQL's programs printed before they gave up. */
export function explain(what: string, printed: string): string {
  if (/No space left on device/i.test(printed)) return `${what}: the disk is full. Make room and try again.`;
  if (/could not look up effective user/i.test(printed)) {
    return `${what}: the account that runs this has no entry in /etc/passwd. Give it one, or set DATABASE_URL.`;
  }
  if (/Cannot allocate memory|could not (create|resize) shared memory/i.test(printed)) {
    return `${what}: there is not enough (shared) memory. Free some, or set DATABASE_URL to a server elsewhere.`;
  }
  const lines = printed.split("\n").filter((line) => line.trim() !== "");
  const fatal = lines.findLast((line) => /(FATAL|PANIC|error):/.test(line)) ?? lines.at(-1) ?? "it printed no reason";
  return `${what}: ${fatal.replace(/^.*?(FATAL|PANIC|error):\s*/, "")}.`;
}
