"use client";

import { FileUp } from "lucide-react";
import { type ApiError, fieldMessage } from "#components/trpc/apiError.ts";
import { Checkbox } from "#components/ui/Checkbox.tsx";
import { cn } from "#components/ui/cn.ts";
import { Field } from "#components/ui/Field.tsx";
import { Input } from "#components/ui/Input.tsx";
import { SegmentedControl } from "#components/ui/SegmentedControl.tsx";
import type { Draft } from "./Draft.ts";

interface ImportSourceProps {
  draft: Draft;
  onChange: (draft: Draft) => void;
  error: ApiError | null;
}

/** Where the tables come from: a dump or a running database. */
export function ImportSource({ draft, onChange, error }: ImportSourceProps) {
  return (
    <div className="flex flex-col gap-4">
      <SegmentedControl
        label="Source"
        value={draft.source}
        onValueChange={(source) => onChange({ ...draft, source })}
        options={[
          { value: "dump", label: "SQL dump" },
          { value: "connection", label: "Connection string" },
        ]}
        className="self-start"
      />
      {draft.source === "dump" ? (
        <DumpPicker dump={draft.dump} onChange={(dump) => onChange({ ...draft, dump })} />
      ) : (
        <Field
          label="Connection string"
          hint="Read only, once. Tables and rows are read in one transaction; the string is forgotten afterwards."
          error={fieldMessage(error, "from.import.url")}
        >
          <Input
            size="lg"
            spellCheck={false}
            placeholder="postgresql://reader:password@db.example.com:5432/shop"
            value={draft.url}
            onChange={(event) => onChange({ ...draft, url: event.target.value })}
          />
        </Field>
      )}
      <Checkbox
        label="Copy the rows"
        hint="They go into the database of the new project; the source is not touched."
        checked={draft.withRows}
        onCheckedChange={(checked) => onChange({ ...draft, withRows: checked })}
      />
    </div>
  );
}

interface DumpPickerProps {
  dump: File | null;
  onChange: (dump: File | null) => void;
}

/** A real file input that fills its frame: click, keyboard and dropping a file on it all work. */
function DumpPicker({ dump, onChange }: DumpPickerProps) {
  return (
    <div
      className={cn(
        "relative flex flex-col items-center gap-2 rounded-lg border border-dashed bg-surface p-8 text-center",
        "focus-within:outline-2 focus-within:outline-accent focus-within:outline-offset-2 hover:border-line-strong",
      )}
    >
      <FileUp className="size-6 text-faint" aria-hidden />
      <p className="font-medium">{dump ? dump.name : "Choose a dump, or drop it here"}</p>
      <p className="text-muted text-sm">
        {dump ? sizeText(dump.size) : "Plain SQL as pg_dump --format=plain writes it, up to 100 MB; .sql or .sql.gz"}
      </p>
      <input
        type="file"
        aria-label="SQL dump"
        accept=".sql,.gz,.dump,.txt"
        className="absolute inset-0 cursor-pointer opacity-0"
        onChange={(event) => onChange(event.target.files?.[0] ?? null)}
      />
    </div>
  );
}

function sizeText(bytes: number): string {
  return bytes < 1024 * 1024 ? `${Math.ceil(bytes / 1024)} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}
