"use client";

import { ExternalLink } from "lucide-react";
import { useState } from "react";
import { Badge } from "#components/ui/Badge.tsx";
import { Banner } from "#components/ui/Banner.tsx";
import { Button } from "#components/ui/Button.tsx";
import { Field } from "#components/ui/Field.tsx";
import { Input } from "#components/ui/Input.tsx";
import { PageHeader } from "#components/ui/PageHeader.tsx";
import { Skeleton } from "#components/ui/Skeleton.tsx";
import { LiveSession } from "../../policies/tester/LiveSession.tsx";
import { NotDeployed } from "../../policies/tester/NotDeployed.tsx";
import type { TesterSession } from "../../policies/tester/TesterSession.ts";
import { useLoaded } from "../../policies/tester/useLoaded.ts";
import { type DocumentedOperation, operationsOf } from "./documentedOperations.ts";
import { OperationDocs } from "./OperationDocs.tsx";

/** The documents of the version that is deployed, and what the model here would change of it. */
export function DeployedDocs({ open }: { open: () => Promise<TesterSession | null> }) {
  return (
    <>
      <PageHeader
        title="Docs"
        description="What the live app says of itself: always the version that is deployed, never the one that is being edited."
      />
      <LiveSession open={open} what="The documents" empty="Here stand the documents of the live app.">
        {({ session }) => <Documents session={session} />}
      </LiveSession>
    </>
  );
}

function Documents({ session }: { session: TesterSession }) {
  const { environment, release, url, model } = session;
  const { data, error, reload } = useLoaded(`${url} ${release}`, () => loadDocument(session));
  const [words, setWords] = useState("");
  const operations = data ? operationsOf(data) : [];
  const wanted = operations.filter((operation) => matches(operation, words));
  const tags = [...new Set(wanted.map(({ tag }) => tag))];
  return (
    <div className="flex min-w-0 flex-col gap-4">
      <div className="flex flex-wrap items-center gap-2">
        <Badge tone="accent" dot>
          {environment}, release {release}
        </Badge>
        <span className="flex-1" />
        <Button asChild size="sm">
          <a href={`${url}/docs`} target="_blank" rel="noreferrer">
            Whole page <ExternalLink aria-hidden />
          </a>
        </Button>
        <Button asChild size="sm">
          <a href={`${url}/openapi.json`} target="_blank" rel="noreferrer">
            openapi.json <ExternalLink aria-hidden />
          </a>
        </Button>
      </div>
      <NotDeployed live={model} title="What the next deploy changes" />
      {error === null ? null : (
        <Banner
          tone="danger"
          title="The documents could not be read"
          actions={
            <Button size="sm" onClick={reload}>
              Try again
            </Button>
          }
        >
          {error}
        </Banner>
      )}
      {data ? (
        <>
          <Field label="Find an operation" hideLabel className="max-w-sm">
            <Input
              type="search"
              placeholder={`Find among ${operations.length} operations`}
              value={words}
              onChange={(event) => setWords(event.target.value)}
            />
          </Field>
          {wanted.length === 0 ? <p className="text-faint text-sm">No operation is called so.</p> : null}
          {tags.map((tag) => (
            <section key={tag} aria-label={tag} className="flex min-w-0 flex-col gap-2">
              <h2 className="font-semibold text-base">{tag}</h2>
              <div className="flex flex-col divide-y rounded-lg border bg-surface shadow-xs">
                {wanted
                  .filter((operation) => operation.tag === tag)
                  .map((operation) => (
                    <OperationDocs key={operation.id} operation={operation} document={data} />
                  ))}
              </div>
            </section>
          ))}
        </>
      ) : error === null ? (
        <Skeleton className="h-64" />
      ) : null}
    </div>
  );
}

async function loadDocument({ url, apiKey }: TesterSession): Promise<Readonly<Record<string, unknown>>> {
  const response = await fetch(`${url}/openapi.json`, { headers: { authorization: `Bearer ${apiKey}` } });
  if (!response.ok) throw new Error(`The app answers ${response.status} instead of its documents.`);
  return (await response.json()) as Readonly<Record<string, unknown>>;
}

function matches({ method, path, summary }: DocumentedOperation, words: string): boolean {
  const text = `${method} ${path} ${summary}`.toLowerCase();
  return words
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}
