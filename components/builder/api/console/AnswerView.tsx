"use client";

import { ExternalLink } from "lucide-react";
import { useState } from "react";
import { Badge } from "#components/ui/Badge.tsx";
import { Banner } from "#components/ui/Banner.tsx";
import { Button } from "#components/ui/Button.tsx";
import { CodeBlock } from "#components/ui/CodeBlock.tsx";
import { Disclosure } from "#components/ui/Disclosure.tsx";
import type { ConsoleAnswer } from "./ConsoleRequest.ts";
import { prettyText, problemOf } from "./problemOf.ts";

interface AnswerViewProps {
  answer: ConsoleAnswer;
  /** The app's address. */
  url: string;
}

/** Characters of a body that are shown at once. */
const mostShown = 100_000;

/** What came back: status, time, headers, and the body as one reads it. */
export function AnswerView({ answer, url }: AnswerViewProps) {
  const { status, milliseconds, bytes, headers, text } = answer;
  const problem = problemOf(answer, url);
  return (
    <section aria-label="Answer" className="flex min-w-0 flex-col gap-3">
      <div className="flex flex-wrap items-center gap-2 text-sm" role="status">
        <Badge tone={status < 300 ? "success" : status < 400 ? "accent" : status < 500 ? "warning" : "danger"} dot>
          {status}
        </Badge>
        <span className="text-muted tabular-nums">{timeText(milliseconds)}</span>
        <span className="text-faint text-xs tabular-nums">{sizeText(bytes)}</span>
      </div>
      {problem ? (
        <Banner
          tone={status >= 500 ? "danger" : "warning"}
          title={problem.sentence}
          actions={
            problem.link === null ? null : (
              <Button asChild size="sm">
                <a href={problem.link} target="_blank" rel="noreferrer">
                  {problem.code} <ExternalLink aria-hidden />
                </a>
              </Button>
            )
          }
        >
          {problem.fields.length === 0 ? null : (
            <ul className="flex flex-col gap-1 text-xs">
              {problem.fields.map(({ field, message, allowed }) => (
                <li key={`${field} ${message}`} className="break-words">
                  <code className="font-mono">{field}</code> {message}
                  {allowed.length === 0 ? null : (
                    <span className="text-faint"> Allowed: {allowed.slice(0, 20).join(", ")}</span>
                  )}
                </li>
              ))}
            </ul>
          )}
        </Banner>
      ) : null}
      {text === "" ? <p className="text-faint text-sm">The answer has no body.</p> : <Body key={text} text={text} />}
      <Disclosure title="Headers" note={String(headers.length)}>
        <dl className="grid gap-x-4 gap-y-1 font-mono text-xs sm:grid-cols-[max-content_minmax(0,1fr)]">
          {headers.map(([name, value]) => (
            <div key={name} className="contents">
              <dt className="text-faint">{name}</dt>
              <dd className="break-all">{value}</dd>
            </div>
          ))}
        </dl>
      </Disclosure>
    </section>
  );
}

function Body({ text }: { text: string }) {
  const [whole, setWhole] = useState(false);
  const pretty = prettyText(text);
  const cut = pretty.length > mostShown && !whole;
  return (
    <>
      <CodeBlock title="Body" code={pretty} className="[&_pre]:max-h-[32rem] [&_pre]:overflow-y-auto">
        {cut ? `${pretty.slice(0, mostShown)}…` : pretty}
      </CodeBlock>
      {cut ? (
        <Button size="sm" className="self-start" onClick={() => setWhole(true)}>
          Show all of it
        </Button>
      ) : null}
    </>
  );
}

function timeText(milliseconds: number): string {
  return milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(1)} s`;
}

function sizeText(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  return bytes < 1024 * 1024 ? `${(bytes / 1024).toFixed(1)} KiB` : `${(bytes / 1024 / 1024).toFixed(1)} MiB`;
}
