import type { Deprecation } from "../../model/types.ts";

/** ` @deprecated(reason: "Use total instead. Deprecated since 2026-11-01.")`, or nothing. */
export function deprecatedSdl(deprecated: Deprecation | undefined): string {
  return deprecated ? ` @deprecated(reason: ${JSON.stringify(deprecationText(deprecated).toWellFormed())})` : "";
}

/** For people: what to use instead, since when and until when. */
function deprecationText({ since, until, note }: Deprecation): string {
  const end = until === undefined ? "" : ` It may go on ${until}.`;
  return `${note === undefined ? "" : `${note} `}Deprecated since ${since}.${end}`;
}
