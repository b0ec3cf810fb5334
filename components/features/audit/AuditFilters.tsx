import { Search } from "lucide-react";
import { Field } from "#components/ui/Field.tsx";
import { Input } from "#components/ui/Input.tsx";
import { Select } from "#components/ui/Select.tsx";
import { actionText } from "./actionText.ts";
import type { AuditFilter } from "./auditFilter.ts";
import type { AuditFacets } from "./auditTypes.ts";

interface AuditFiltersProps {
  facets: AuditFacets | undefined;
  filter: AuditFilter;
  onChange: (filter: AuditFilter) => void;
}

/** Which entries are shown. */
export function AuditFilters({ facets, filter, onChange }: AuditFiltersProps) {
  const set = (change: Partial<AuditFilter>) => onChange({ ...filter, ...change });
  const anybody = { value: "", label: "Anybody" };
  const actors = (facets?.actors ?? []).map(({ id, name, kind }) => ({
    value: id,
    label: kind === "token" ? `${name} (token)` : name,
  }));
  const actions = (facets?.actions ?? [])
    .map((action) => ({ value: action, label: actionText(action) }))
    .sort((one, other) => one.label.localeCompare(other.label));
  return (
    <search className="grid gap-2 sm:grid-cols-2 lg:grid-cols-3">
      <Field label="Search">
        <span className="relative flex">
          <Search className="pointer-events-none absolute inset-y-0 left-2.5 my-auto size-3.5 text-faint" aria-hidden />
          <Input
            type="search"
            aria-label="Search"
            placeholder="Words, such as rename crm"
            className="pl-8"
            maxLength={200}
            value={filter.words}
            onChange={(event) => set({ words: event.target.value })}
          />
        </span>
      </Field>
      <Field label="Who">
        <Select value={filter.actor} options={[anybody, ...actors]} onValueChange={(actor) => set({ actor })} />
      </Field>
      <Field label="What">
        <Select
          value={filter.action}
          options={[{ value: "", label: "Anything" }, ...actions]}
          onValueChange={(action) => set({ action })}
        />
      </Field>
      <Field label="Project">
        <Select
          value={filter.project}
          options={[
            { value: "", label: "All, and the organisation" },
            ...(facets?.projects ?? []).map(({ id, name }) => ({ value: id, label: name })),
          ]}
          onValueChange={(project) => set({ project })}
        />
      </Field>
      <Field label="From">
        <Input
          type="date"
          value={filter.from}
          max={filter.until}
          onChange={(event) => set({ from: event.target.value })}
        />
      </Field>
      <Field label="Until">
        <Input
          type="date"
          value={filter.until}
          min={filter.from}
          onChange={(event) => set({ until: event.target.value })}
        />
      </Field>
    </search>
  );
}
