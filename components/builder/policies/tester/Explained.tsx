"use client";

import { X } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { Badge } from "#components/ui/Badge.tsx";
import { Banner } from "#components/ui/Banner.tsx";
import { cn } from "#components/ui/cn.ts";
import { Field } from "#components/ui/Field.tsx";
import { IconButton } from "#components/ui/IconButton.tsx";
import { Select } from "#components/ui/Select.tsx";
import { Skeleton } from "#components/ui/Skeleton.tsx";
import { TickedText } from "#components/ui/TickedText.tsx";
import { actionsOf } from "#lib/model/actions/actionsOf.ts";
import type { Resource } from "#lib/model/types.ts";
import { sentenceList } from "#lib/model/words/sentenceList.ts";
import type { ExplainedPolicy, Explanation } from "#lib/plan/access/Explanation.ts";
import type { TesterClient } from "./TesterClient.ts";
import { useLoaded } from "./useLoaded.ts";

interface ExplainedProps {
  client: TesterClient;
  resource: Resource;
  as: Readonly<Record<string, unknown>>;
  id: string;
  title: string;
  version: string;
  onClose: () => void;
}

/** Which rule decides whether an actor may do something with a row, and what each rule says of it. */
export function Explained({ client, resource, as, id, title, version, onClose }: ExplainedProps) {
  const actions = actionsOf(resource).filter(({ type }) => type !== "create");
  const [action, setAction] = useState(actions[0]?.name ?? "read");
  const key = JSON.stringify([version, resource.name, id, action, as]);
  const question = { resource: resource.name, action, id, actor: as };
  const { data, error, loading } = useLoaded(key, () => client.explain(question));
  const frame = useRef<HTMLElement>(null);
  const ready = data !== null;
  // It stands below the rows, where it may be out of sight.
  // biome-ignore lint/correctness/useExhaustiveDependencies: shown at once, and again when it has all its lines
  useEffect(() => {
    // Newer browsers answer a promise, which an effect must not.
    frame.current?.scrollIntoView({ block: "nearest" });
  }, [ready]);
  return (
    <section
      ref={frame}
      aria-label="Explanation"
      className="flex scroll-my-4 flex-col gap-3 rounded-lg border bg-surface p-4 shadow-xs"
    >
      <div className="flex items-start gap-3">
        <h3 className="min-w-0 flex-1 truncate font-semibold text-base">{title}</h3>
        <IconButton label="Close the explanation" size="sm" onClick={onClose}>
          <X />
        </IconButton>
      </div>
      <Field label="Action" className="w-56 max-w-full">
        <Select
          value={action}
          options={actions.map(({ name }) => ({ value: name, label: name }))}
          onValueChange={setAction}
        />
      </Field>
      {error !== null ? <Banner tone="danger">{error}</Banner> : null}
      {data && error === null ? (
        <div aria-busy={loading} className="flex flex-col gap-3">
          <Answer explanation={data} />
        </div>
      ) : error === null ? (
        <Skeleton className="h-16" />
      ) : null}
    </section>
  );
}

function Answer({ explanation }: { explanation: Explanation }) {
  const { allowed, reason, policies, fields, decided, action } = explanation;
  const deciding = decided.by === "policy" ? decided.index : null;
  const hidden = fields.filter(({ read }) => !read).map(({ name }) => name);
  const fixed = fields.filter(({ read, write }) => read && !write).map(({ name }) => name);
  return (
    <>
      <p className="flex flex-wrap items-center gap-2 text-sm">
        <Badge tone={allowed ? "success" : "danger"}>{allowed ? "Allowed" : "Not allowed"}</Badge>
        <span className="min-w-0">
          <TickedText>{capital(reason.replace(/^(Not allowed|Allowed): /, ""))}</TickedText>
        </span>
      </p>
      {policies.length === 0 ? (
        <p className="text-muted text-xs">No policy speaks of {action}.</p>
      ) : (
        <ul aria-label={`Policies that speak of ${action}`} className="flex flex-col divide-y rounded-md border">
          {policies.map((policy) => (
            <RuleLine key={policy.index} policy={policy} deciding={policy.index === deciding} />
          ))}
        </ul>
      )}
      {allowed && hidden.length > 0 ? <p className="text-xs">Hidden from them here: {sentenceList(hidden)}.</p> : null}
      {allowed && fixed.length > 0 && action !== "read" ? (
        <p className="text-xs">They may not set here: {sentenceList(fixed)}.</p>
      ) : null}
    </>
  );
}

function RuleLine({ policy, deciding }: { policy: ExplainedPolicy; deciding: boolean }) {
  const { effect, words, outcome, fixed } = policy;
  return (
    <li className={cn("flex flex-wrap items-center gap-x-3 gap-y-1 px-2.5 py-2 text-xs", deciding && "bg-accent-soft")}>
      <span className="min-w-0 flex-1 basis-52 text-pretty">
        {effect === "allow" ? "Allow" : "Forbid"} where <TickedText>{words}</TickedText>
      </span>
      <span className="text-muted">
        {outcomes[outcome]}
        {fixed ? ", for every row" : ", for this row"}
      </span>
      {deciding ? <Badge tone="accent">decides</Badge> : null}
    </li>
  );
}

function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

const outcomes = { true: "It is so", false: "It is not so", unknown: "It is not known" } as const;
