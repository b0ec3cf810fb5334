/** Where one is in a project. */
export interface Place {
  readonly branch: string;
  readonly environment: string;
}

export const defaultPlace: Place = { branch: "main", environment: "production" };

export function readPlace(query: URLSearchParams): Place {
  return {
    branch: query.get("branch") || defaultPlace.branch,
    environment: query.get("environment") || defaultPlace.environment,
  };
}

/** A path with a place; the defaults go without saying, and the rest of the query stays. */
export function placeHref(path: string, place: Place, query = ""): string {
  const params = new URLSearchParams(query);
  for (const part of ["branch", "environment"] as const) {
    if (place[part] === defaultPlace[part]) params.delete(part);
    else params.set(part, place[part]);
  }
  const text = params.toString();
  return text === "" ? path : `${path}?${text}`;
}
