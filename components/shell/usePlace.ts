"use client";

import { usePathname, useSearchParams } from "next/navigation";
import { useMemo } from "react";
import { type Place, placeHref, readPlace } from "./place.ts";

interface UsedPlace extends Place {
  /** Address of this screen at another place; what is not said stays. */
  readonly hrefWith: (change: Partial<Place>) => string;
  /** Address of another screen (a path without a query) at this place. */
  readonly hrefTo: (path: string) => string;
}

/** Which branch is edited and which environment is looked at; `?branch=` and `?environment=` of the address. */
export function usePlace(): UsedPlace {
  const pathname = usePathname();
  const params = useSearchParams();
  const query = params.toString();
  return useMemo(() => {
    const place = readPlace(new URLSearchParams(query));
    return {
      ...place,
      hrefWith: (change) => placeHref(pathname, { ...place, ...change }, query),
      hrefTo: (path) => placeHref(path, place),
    };
  }, [pathname, query]);
}
