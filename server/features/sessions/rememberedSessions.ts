import type { LiveSession } from "./service.ts";

/** How long a session may open things after another process has ended it. */
const trustedMilliseconds = 10_000;
const mostRemembered = 10_000;

interface Remembered {
  readonly session: Promise<LiveSession | null>;
  /** Whose it is, once known. */
  userId: string | null;
  readonly until: number;
}

// On the global object, because pages and routes are bundled apart and each would have a memory of its own.
const slot = globalThis as { gantrySessions?: Map<string, Remembered> };

/** What `find` answers for the session, asked for at most once in ten seconds. */
export function remembering(
  id: string,
  find: (id: string) => Promise<LiveSession | null>,
): Promise<LiveSession | null> {
  slot.gantrySessions ??= new Map();
  const sessions = slot.gantrySessions;
  const known = sessions.get(id);
  if (known && known.until > Date.now()) return known.session;
  const entry: Remembered = { session: find(id), userId: null, until: Date.now() + trustedMilliseconds };
  sessions.delete(id);
  if (sessions.size >= mostRemembered) for (const oldest of sessions.keys().take(1)) sessions.delete(oldest);
  sessions.set(id, entry);
  entry.session.then(
    (session) => {
      entry.userId = session?.user.id ?? null;
    },
    // A database that was away for a moment is asked again at once.
    () => sessions.delete(id),
  );
  return entry.session;
}

/** Makes changes to a person's sessions, or to their account, count at once in this process. */
export function forgetSessionsOf(userId: string): void {
  for (const [id, entry] of slot.gantrySessions ?? []) {
    if (entry.userId === userId || entry.userId === null) slot.gantrySessions?.delete(id);
  }
}
