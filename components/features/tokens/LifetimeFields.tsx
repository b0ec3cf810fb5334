import { Field } from "#components/ui/Field.tsx";
import { Input } from "#components/ui/Input.tsx";
import { Select } from "#components/ui/Select.tsx";
import { type ChosenLifetime, lifetimes } from "./lifetimes.ts";

interface LifetimeFieldsProps {
  chosen: ChosenLifetime;
  onChange: (chosen: ChosenLifetime) => void;
  /** Whether one that never expires may be made. */
  mayLast?: boolean;
  error?: string | undefined;
}

/** When a token ends: one of a few, or a day. */
export function LifetimeFields({ chosen, onChange, mayLast = true, error }: LifetimeFieldsProps) {
  return (
    <>
      <Field label="Expires" className="w-36" error={error}>
        <Select
          options={lifetimes.filter(({ value }) => mayLast || value !== "never")}
          value={chosen.lifetime}
          onValueChange={(lifetime) => onChange({ ...chosen, lifetime })}
        />
      </Field>
      {chosen.lifetime === "date" ? (
        <Field label="Last day" className="w-40">
          <Input
            type="date"
            required
            value={chosen.day}
            min={new Date().toISOString().slice(0, 10)}
            onChange={(event) => onChange({ ...chosen, day: event.target.value })}
          />
        </Field>
      ) : null}
    </>
  );
}
