"use client";

import { Send, X } from "lucide-react";
import { useEffect, useMemo, useRef, useState } from "react";
import { Badge } from "#components/ui/Badge.tsx";
import { Banner } from "#components/ui/Banner.tsx";
import { Button } from "#components/ui/Button.tsx";
import { Card } from "#components/ui/Card.tsx";
import { CopyButton } from "#components/ui/CopyButton.tsx";
import { Kbd } from "#components/ui/Kbd.tsx";
import { SegmentedControl } from "#components/ui/SegmentedControl.tsx";
import { NotDeployed } from "../../policies/tester/NotDeployed.tsx";
import { firstActor } from "../../policies/tester/TesterActor.ts";
import { TesterClient } from "../../policies/tester/TesterClient.ts";
import type { TesterSession } from "../../policies/tester/TesterSession.ts";
import { AnswerView } from "./AnswerView.tsx";
import { type Asker, AskerCard } from "./AskerCard.tsx";
import { asCurl } from "./asCurl.ts";
import { GraphqlForm } from "./GraphqlForm.tsx";
import { HistoryList } from "./HistoryList.tsx";
import { RestForm } from "./RestForm.tsx";
import { useConsole } from "./useConsole.ts";

interface ConsoleDeskProps {
  session: TesterSession;
  storageKey: string;
}

/** Where a request is written and its answer is read. */
export function ConsoleDesk({ session, storageKey }: ConsoleDeskProps) {
  const { model, environment, release, url } = session;
  const client = useMemo(() => new TesterClient(session), [session]);
  const [asker, setAsker] = useState<Asker>({ kind: "service", actor: firstActor });
  const desk = useConsole({ session, asker, storageKey });
  const came = useRef<HTMLDivElement>(null);
  // On small screens the answer stands below what was sent.
  useEffect(() => {
    if (desk.answer || desk.failure !== null) came.current?.scrollIntoView({ block: "nearest" });
  }, [desk.answer, desk.failure]);
  return (
    <div className="flex min-w-0 flex-col gap-4">
      <div className="flex flex-wrap items-center gap-2">
        <Badge tone="accent" dot>
          {environment}, release {release}
        </Badge>
        <code className="min-w-0 break-all font-mono text-faint text-xs">{url}</code>
      </div>
      <NotDeployed live={model} title="What is not live yet" />
      <AskerCard client={client} model={model} asker={asker} onChange={setAsker} />
      <div className="grid items-start gap-4 xl:grid-cols-2">
        <Card>
          <div className="flex flex-col gap-4">
            <SegmentedControl
              label="Protocol"
              value={desk.protocol}
              onValueChange={desk.setProtocol}
              options={[
                { value: "rest", label: "REST" },
                { value: "graphql", label: "GraphQL" },
              ]}
              className="self-start"
            />
            {desk.protocol === "rest" ? (
              <RestForm model={model} draft={desk.rest} onChange={desk.setRest} onSend={desk.send} />
            ) : (
              <GraphqlForm
                model={model}
                draft={desk.graphql}
                error={desk.variablesError}
                onChange={desk.setGraphql}
                onSend={desk.send}
              />
            )}
            <div className="flex flex-wrap items-center gap-2">
              <Button variant="primary" icon={<Send />} pending={desk.pending} onClick={desk.send}>
                Send
              </Button>
              {desk.pending ? (
                <Button variant="ghost" icon={<X />} onClick={desk.cancel}>
                  Cancel
                </Button>
              ) : (
                <Kbd>Ctrl Enter</Kbd>
              )}
              <span className="flex-1" />
              <CopyButton text={asCurl(url, desk.request)} label="Copy as curl" withText />
            </div>
          </div>
        </Card>
        <div ref={came} className="flex min-w-0 scroll-mt-4 flex-col gap-4">
          {desk.failure === null ? null : (
            <Banner tone="danger" title="No answer came">
              {desk.failure}
            </Banner>
          )}
          {desk.answer ? <AnswerView answer={desk.answer} url={url} /> : null}
          {desk.answer || desk.failure !== null ? null : (
            <p className="rounded-lg border border-dashed p-6 text-center text-faint text-sm max-xl:hidden">
              The answer will stand here.
            </p>
          )}
        </div>
      </div>
      <HistoryList history={desk.history} onChoose={desk.recall} onClear={desk.forget} />
    </div>
  );
}
