/** The part of `gantry.d.ts` that says how an app shows in its APIs. */
export const apiTypings = `
  interface Deprecated {
    /** The day since which it is: "2026-11-01". */
    since: string;
    /** The day on which it may go. */
    until?: string;
    /** What to use instead: "Use total instead." */
    note?: string;
  }

  interface Operation {
    /** False hides the action from REST; a text is the name of a named action in paths. */
    rest?: false | string;
    /** False hides the action from GraphQL; a text is the name of its field. */
    graphql?: false | string;
  }

  interface ResourceApi {
    /** The segment of its REST paths; without it kebab-case of the plural. */
    path?: string;
    /** Records of a list where the request does not say how many. */
    pageSize?: number;
    /** Records of a list at most. */
    maxPageSize?: number;
    /** Fields and relationships that lists can be filtered by; without it all. */
    filterable?: readonly string[];
    /** Fields and relationships that lists can be sorted by; without it all. */
    sortable?: readonly string[];
    /** By action: what is hidden or called otherwise. */
    operations?: Readonly<Record<string, Operation>>;
  }

  /** At most so many requests in so many seconds; all of them may come at once. */
  interface Rate {
    requests: number;
    seconds: number;
  }

  interface AppApi {
    /** What REST answers where a request accepts anything; without it plain JSON. */
    format?: "jsonApi";
    /** Whoever is over one of them waits. */
    rateLimits?: {
      /** Of each end user; of everybody without a key together by address. */
      actor?: Rate;
      /** Of each API key. */
      key?: Rate;
      /** Of all requests to an environment together. */
      environment?: Rate;
    };
    /** Whose pages may call; without it pages of any origin. Seconds for which browsers remember that. */
    cors?: { origins: readonly string[]; maxAge?: number };
    graphql?: {
      /** False: the schema cannot be asked for. */
      introspection?: boolean;
      /** Levels of selections at most. */
      maxDepth?: number;
      /** Cost of an operation at most. */
      maxCost?: number;
      /** Only the operations in the app's own files are answered. */
      persistedOnly?: boolean;
    };
  }
`;
