import type { Deprecation, Resource, ValueObject } from "../types.ts";
import { canonicalDate } from "../values/canonicalDate.ts";
import type { Finding, Rule } from "./Rule.ts";
import { problemAt } from "./Rule.ts";

const maxNote = 500;

/** What is deprecated is so since a day, and until a later one. */
export const deprecations: Rule = ({ resources, valueObjects = [] }, places) =>
  [...resources, ...valueObjects].flatMap((owner) =>
    partsOf(owner).flatMap(({ section, name, deprecated }) =>
      deprecated
        ? findings(deprecated).map((finding) =>
            problemAt(places, { ...finding, path: [owner.name, section, name, "deprecated", ...finding.path] }),
          )
        : [],
    ),
  );

interface Part {
  readonly section: string;
  readonly name: string;
  readonly deprecated?: Deprecation;
}

function partsOf(owner: Resource | ValueObject): readonly Part[] {
  const of = (section: string, parts: readonly Omit<Part, "section">[] = []) =>
    parts.filter(({ deprecated }) => deprecated).map((part) => ({ ...part, section }));
  if (!("table" in owner)) return of("attributes", owner.attributes);
  return [
    ...of("attributes", owner.attributes),
    ...of("relationships", owner.relationships),
    ...of("calculations", owner.calculations),
    ...of("aggregates", owner.aggregates),
  ];
}

function findings({ since, until, note }: Deprecation): readonly Finding[] {
  const date = (path: string, text: string | undefined): readonly Finding[] =>
    text === undefined || canonicalDate(text) !== null
      ? []
      : [{ code: "wrong_type", path: [path], message: "Write a day that there is, such as `2026-11-01`." }];
  const dates = [...date("since", since), ...date("until", until)];
  return [
    ...dates,
    ...(dates.length === 0 && until !== undefined && until < since
      ? [{ code: "deprecation", path: ["until"], message: `It cannot go before it is deprecated, on ${since}.` }]
      : []),
    ...(note !== undefined && note.length > maxNote
      ? [{ code: "too_long", path: ["note"], message: `A note has at most ${maxNote} characters.` }]
      : []),
  ];
}
