import { Checkbox } from "#components/ui/Checkbox.tsx";
import { FieldError } from "#components/ui/Field.tsx";
import { everyScope, type Scope, scopes } from "#lib/access/scopes.ts";

interface ScopeFieldsProps {
  chosen: readonly Scope[];
  onChange: (chosen: readonly Scope[]) => void;
  error?: string | undefined;
}

/** What a token may do. */
export function ScopeFields({ chosen, onChange, error }: ScopeFieldsProps) {
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="mb-1 font-medium text-muted text-xs">What it may do, as far as its owner may</legend>
      <div className="grid gap-x-6 gap-y-2 sm:grid-cols-2">
        {everyScope.map((scope) => (
          <Checkbox
            key={scope}
            label={scope}
            hint={scopes[scope]}
            checked={chosen.includes(scope)}
            onCheckedChange={(checked) =>
              onChange(everyScope.filter((one) => (one === scope ? checked : chosen.includes(one))))
            }
          />
        ))}
      </div>
      {error ? <FieldError error={error} /> : null}
    </fieldset>
  );
}
