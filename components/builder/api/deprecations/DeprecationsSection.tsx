"use client";

import { CalendarX, Undo2 } from "lucide-react";
import { Badge } from "#components/ui/Badge.tsx";
import { Button } from "#components/ui/Button.tsx";
import { Card } from "#components/ui/Card.tsx";
import { EmptyState } from "#components/ui/EmptyState.tsx";
import { Input } from "#components/ui/Input.tsx";
import { PageHeader } from "#components/ui/PageHeader.tsx";
import type { Deprecation } from "#lib/model/types.ts";
import { useBuilderActions, useDraft } from "../../BuilderContext.tsx";
import { PathField } from "../../inspector/PathField.tsx";
import { useTypedValue } from "../../inspector/useTypedValue.ts";
import { useUndoable } from "../../policies/useUndoable.ts";
import { type DeprecatedField, deprecatedFields } from "./deprecatedFields.ts";
import { NewDeprecation } from "./NewDeprecation.tsx";

/** Fields that clients are told to leave: since when, until when, and what to use instead. */
export function DeprecationsSection() {
  const model = useDraft();
  const deprecated = deprecatedFields(model);
  return (
    <>
      <PageHeader
        title="Deprecations"
        description="A deprecated field is answered as before. The documents mark it, and answers to requests that name it say since when it is deprecated and when it may go. Nothing is removed by itself."
      />
      <NewDeprecation />
      {deprecated.length === 0 ? (
        <EmptyState
          icon={<CalendarX />}
          title="Nothing is deprecated"
          description="When a field has a better successor, deprecate it above, and remove it from the model once nobody asks for it."
          className="py-8"
        />
      ) : (
        <Card title="Deprecated fields">
          <ul className="flex flex-col divide-y">
            {deprecated.map((field) => (
              <DeprecationItem key={`${field.resource}.${field.name}`} field={field} />
            ))}
          </ul>
        </Card>
      )}
    </>
  );
}

function DeprecationItem({ field }: { field: DeprecatedField }) {
  const { run } = useBuilderActions();
  const say = useUndoable();
  const { resource, section, name, deprecated } = field;
  const path = [resource, section, name, "deprecated"];
  const set = (part: keyof Deprecation) => (text: string) => {
    const { [part]: _old, ...rest } = deprecated;
    const next = text === "" ? rest : { ...rest, [part]: text };
    run(
      { type: "setDeprecation", resource, field: name, deprecated: next as Deprecation },
      { key: `${resource}.${name}.${part}` },
    );
  };
  const note = useTypedValue({ value: deprecated.note ?? "", commit: (text) => set("note")(text.trim()) });
  const today = new Date().toISOString().slice(0, 10);
  const past = deprecated.until !== undefined && deprecated.until < today;
  return (
    <li className="flex flex-col gap-2 py-4 first:pt-0 last:pb-0">
      <div className="flex flex-wrap items-center gap-2">
        <h3 className="min-w-0 break-all font-medium text-sm">
          {resource}.{name}
        </h3>
        {past ? <Badge tone="warning">may go since {deprecated.until}</Badge> : null}
        <span className="flex-1" />
        <Button
          size="sm"
          icon={<Undo2 />}
          aria-label={`Keep ${resource}.${name}`}
          onClick={() =>
            say(
              { type: "setDeprecation", resource, field: name, deprecated: undefined },
              `${resource}.${name} is no longer deprecated`,
            )
          }
        >
          Keep it
        </Button>
      </div>
      <div className="grid gap-3 sm:grid-cols-[10rem_10rem_minmax(0,1fr)]">
        <PathField path={[...path, "since"]} label="Since">
          <Input
            type="date"
            value={deprecated.since}
            onChange={(event) => event.target.value && set("since")(event.target.value)}
          />
        </PathField>
        <PathField path={[...path, "until"]} label="May go on" note="optional">
          <Input
            type="date"
            min={deprecated.since}
            value={deprecated.until ?? ""}
            onChange={(event) => set("until")(event.target.value)}
          />
        </PathField>
        <PathField path={[...path, "note"]} label="What to use instead" note="optional">
          <Input {...note.field} maxLength={500} placeholder="Use total instead." />
        </PathField>
      </div>
    </li>
  );
}
