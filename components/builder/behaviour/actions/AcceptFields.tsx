"use client";

import { Checkbox } from "#components/ui/Checkbox.tsx";
import { isStandardAction } from "#lib/model/actions/actionsOf.ts";
import { writableFields } from "#lib/model/actions/writableFields.ts";
import { useProblems } from "../../BuilderContext.tsx";
import { ProblemList } from "../../inspector/PathField.tsx";
import { problemsWithin } from "../../problems/problemsAt.ts";
import type { ActionPart } from "./ActionPart.ts";

/** Which fields a caller may give a value. */
export function AcceptFields({ resource, action, path, set }: ActionPart) {
  const problems = problemsWithin(useProblems(), [...path, "accept"]);
  const { accept, type, name } = action;
  if (type !== "create" && type !== "update") return null;
  const writable = writableFields(resource, type);
  const all = isStandardAction(name);
  const chosen = accept ?? [];
  const setBySelf = new Set((action.set ?? []).map(({ field }) => field));
  const shown = [...new Set([...writable.filter((field) => !setBySelf.has(field)), ...chosen])];
  return (
    <fieldset className="flex flex-col gap-1" data-path={[...path, "accept"].join(".")}>
      <legend className="mb-1 font-medium text-muted text-xs">Callers may give</legend>
      <ProblemList problems={problems} />
      {all ? (
        <Checkbox
          label="everything that can be written"
          checked={accept === undefined}
          onCheckedChange={(everything) => set({ accept: everything ? undefined : writable })}
        />
      ) : null}
      {all && accept === undefined ? null : (
        <div className="grid grid-cols-2 gap-x-2">
          {shown.map((field) => (
            <Checkbox
              key={field}
              label={<span className="block truncate">{field}</span>}
              checked={chosen.includes(field)}
              onCheckedChange={(on) => {
                const next = on
                  ? shown.filter((one) => one === field || chosen.includes(one))
                  : chosen.filter((one) => one !== field);
                set({ accept: next.length === 0 && !all ? undefined : next });
              }}
            />
          ))}
        </div>
      )}
    </fieldset>
  );
}
