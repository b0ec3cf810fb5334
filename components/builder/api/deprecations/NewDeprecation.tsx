"use client";

import { CalendarX } from "lucide-react";
import { useState } from "react";
import { Button } from "#components/ui/Button.tsx";
import { Card } from "#components/ui/Card.tsx";
import { Field } from "#components/ui/Field.tsx";
import { Input } from "#components/ui/Input.tsx";
import { Select } from "#components/ui/Select.tsx";
import { present } from "#lib/model/read/present.ts";
import { useDraft } from "../../BuilderContext.tsx";
import { useUndoable } from "../../policies/useUndoable.ts";
import { fieldSections } from "./deprecatedFields.ts";

/** Names a field to be left, from today on. */
export function NewDeprecation() {
  const { resources, valueObjects = [] } = useDraft();
  const say = useUndoable();
  const owners = [...resources, ...valueObjects].toSorted((a, b) => a.name.localeCompare(b.name));
  const [ownerName, setOwnerName] = useState("");
  const [fieldName, setFieldName] = useState("");
  const [until, setUntil] = useState("");
  const [note, setNote] = useState("");
  const owner = owners.find(({ name }) => name === ownerName) ?? owners[0];
  const free = owner
    ? fieldSections(owner).flatMap(([, parts]) => parts.flatMap(({ name, deprecated }) => (deprecated ? [] : [name])))
    : [];
  const field = free.includes(fieldName) ? fieldName : free[0];
  const today = new Date().toISOString().slice(0, 10);
  return (
    <Card title="Deprecate a field">
      <form
        className="grid items-end gap-3 sm:grid-cols-2 lg:grid-cols-[1fr_1fr_10rem_1.5fr_auto]"
        onSubmit={(event) => {
          event.preventDefault();
          if (!owner || field === undefined) return;
          const deprecated = {
            since: today,
            ...present({ until: until || undefined, note: note.trim() || undefined }),
          };
          const done = say(
            { type: "setDeprecation", resource: owner.name, field, deprecated },
            `${owner.name}.${field} is deprecated`,
          );
          if (!done) return;
          setUntil("");
          setNote("");
        }}
      >
        <Field label="Of">
          <Select
            value={owner?.name ?? ""}
            options={owners.map(({ name }) => ({ value: name, label: name }))}
            onValueChange={setOwnerName}
          />
        </Field>
        <Field label="Field">
          <Select
            value={field ?? ""}
            disabled={field === undefined}
            options={free.map((name) => ({ value: name, label: name }))}
            onValueChange={setFieldName}
          />
        </Field>
        <Field label="May go on" note="optional">
          <Input type="date" min={today} value={until} onChange={(event) => setUntil(event.target.value)} />
        </Field>
        <Field label="What to use instead" note="optional">
          <Input
            value={note}
            maxLength={500}
            placeholder="Use total instead."
            onChange={(event) => setNote(event.target.value)}
          />
        </Field>
        <Button type="submit" icon={<CalendarX />} disabled={field === undefined}>
          Deprecate
        </Button>
      </form>
    </Card>
  );
}
