"use client";

import { useEffect, useState } from "react";

export interface Loaded<T> {
  readonly data: T | null;
  readonly error: string | null;
  readonly loading: boolean;
  readonly reload: () => void;
}

/** What `load` answers; asked again whenever the key is another. The last answer stays until there is a new one. */
export function useLoaded<T>(key: string, load: () => Promise<T>): Loaded<T> {
  const [tries, setTries] = useState(0);
  const [found, setFound] = useState<{ readonly data: T | null; readonly error: string | null; readonly of: string }>({
    data: null,
    error: null,
    of: "",
  });
  const wanted = `${tries} ${key}`;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key says all that the answer depends on
  useEffect(() => {
    let stale = false;
    load().then(
      (data) => {
        if (!stale) setFound({ data, error: null, of: wanted });
      },
      (error: unknown) => {
        const message = error instanceof Error ? error.message : String(error);
        if (!stale) setFound(({ data }) => ({ data, error: message, of: wanted }));
      },
    );
    return () => {
      stale = true;
    };
  }, [wanted]);
  return { data: found.data, error: found.error, loading: found.of !== wanted, reload: () => setTries((n) => n + 1) };
}
