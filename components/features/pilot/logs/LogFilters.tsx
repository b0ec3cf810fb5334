import { Search, X } from "lucide-react";
import { Button } from "#components/ui/Button.tsx";
import { Field } from "#components/ui/Field.tsx";
import { Input } from "#components/ui/Input.tsx";
import { Select } from "#components/ui/Select.tsx";
import { type LogFilter, type SeverityName, scopes, severityNames, spans } from "./logFilter.ts";

interface LogFiltersProps {
  filter: LogFilter;
  onChange: (filter: LogFilter) => void;
}

const severityTexts: Readonly<Record<SeverityName, string>> = {
  error: "Errors",
  warn: "Warnings and errors",
  info: "Info and above",
  debug: "Everything",
};

/** Which records are shown. */
export function LogFilters({ filter, onChange }: LogFiltersProps) {
  const set = (change: Partial<LogFilter>) => onChange({ ...filter, ...change });
  return (
    <search className="flex flex-col gap-2">
      <div className="grid gap-2 sm:grid-cols-2 lg:grid-cols-[minmax(0,1fr)_11rem_9rem_7rem_6rem]">
        <Field label="Search" hideLabel>
          <span className="relative flex sm:max-lg:col-span-2">
            <Search
              className="pointer-events-none absolute inset-y-0 left-2.5 my-auto size-3.5 text-faint"
              aria-hidden
            />
            <Input
              type="search"
              aria-label="Search"
              placeholder="Words, such as update failed"
              className="pl-8"
              maxLength={200}
              value={filter.words}
              onChange={(event) => set({ words: event.target.value })}
            />
          </span>
        </Field>
        <Select
          aria-label="Severity"
          value={filter.severity}
          options={severityNames.map((value) => ({ value, label: severityTexts[value] }))}
          onValueChange={(severity) => set({ severity })}
        />
        <Select aria-label="Part" value={filter.scope} options={scopes} onValueChange={(scope) => set({ scope })} />
        <Select aria-label="Time" value={filter.span} options={spans} onValueChange={(span) => set({ span })} />
        <Input
          aria-label="Release"
          placeholder="Release"
          inputMode="numeric"
          maxLength={9}
          value={filter.release}
          onChange={(event) => set({ release: event.target.value.replace(/\D/g, "") })}
        />
      </div>
      {filter.trace === "" ? null : (
        <p className="flex flex-wrap items-center gap-2 text-muted text-xs">
          Only trace <code className="break-all font-mono">{filter.trace}</code>
          <Button size="sm" variant="ghost" icon={<X />} onClick={() => set({ trace: "" })}>
            All traces
          </Button>
        </p>
      )}
    </search>
  );
}
