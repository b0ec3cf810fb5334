import { Fragment } from "react";
import { TickedText } from "#components/ui/TickedText.tsx";
import type { AppTest } from "#lib/model/testTypes.ts";
import { testSentences } from "#lib/model/words/testSentences.ts";

/** A test as it is read: given, as, do, expect. */
export function TestReading({ test }: { test: AppTest }) {
  const { given, as, do: deed, expect } = testSentences(test);
  const lines = [
    { word: "Given", texts: given.length === 0 ? ["nothing"] : given },
    { word: "When", texts: [`${as} ${deed}`] },
    { word: "Then", texts: [expect] },
  ];
  return (
    <dl className="grid grid-cols-[3.25rem_minmax(0,1fr)] gap-x-2 gap-y-1 text-sm">
      {lines.map(({ word, texts }) => (
        <Fragment key={word}>
          <dt className="text-faint">{word}</dt>
          <dd className="min-w-0">
            <ul>
              {texts.map((text, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: the lines of one test have no names of their own
                <li key={index} className="text-pretty break-words">
                  <TickedText>{text}</TickedText>
                </li>
              ))}
            </ul>
          </dd>
        </Fragment>
      ))}
    </dl>
  );
}
