"use client";

import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { LimitNotice } from "#components/features/plans/LimitNotice.tsx";
import { type ApiError, fieldMessage } from "#components/trpc/apiError.ts";
import { useTRPC } from "#components/trpc/TRPCProvider.tsx";
import { Button } from "#components/ui/Button.tsx";
import { Dialog } from "#components/ui/Dialog.tsx";
import { Field, FieldError } from "#components/ui/Field.tsx";
import { Input } from "#components/ui/Input.tsx";
import { Select } from "#components/ui/Select.tsx";
import type { ProjectScope } from "../../ProjectScope.ts";
import type { ShownRule } from "../Branch.ts";
import { ruleWords } from "./ruleWords.ts";

interface RuleDialogProps {
  scope: ProjectScope;
  /** Null makes a new one. */
  rule: ShownRule | null;
  /** Where it stands, for what the server says of it. */
  index: number;
  error: ApiError | null;
  pending: boolean;
  onClose: () => void;
  onSave: (rule: ShownRule) => void;
}

const fresh: ShownRule = {
  pattern: "",
  environment: null,
  deploys: "automatic",
  concurrent: "supersede",
  copyOf: null,
};

export function RuleDialog({ scope, rule, index, error, pending, onClose, onSave }: RuleDialogProps) {
  const trpc = useTRPC();
  const [draft, setDraft] = useState(rule ?? fresh);
  const environments = useQuery(trpc.branches.environments.list.queryOptions(scope));
  const lasting = (environments.data ?? []).filter(({ kind }) => kind === "lasting").map(({ name }) => name);
  const set = (change: Partial<ShownRule>) => setDraft({ ...draft, ...change });
  const of = (key: keyof ShownRule) => fieldMessage(error, `rules.${index}.${key}`) ?? fieldMessage(error, key);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSave({ ...draft, pattern: draft.pattern.trim(), environment: draft.environment?.trim() ?? null });
  };
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={rule ? "Change the rule" : "Add a rule"}>
      <form className="flex flex-col gap-4" onSubmit={submit}>
        <Field label="Branches" hint="A name, or a pattern such as `release/*`." error={of("pattern")}>
          <Input
            autoFocus
            value={draft.pattern}
            maxLength={100}
            spellCheck={false}
            onChange={(event) => set({ pattern: event.target.value })}
          />
        </Field>
        <Field label="Are deployed" error={of("deploys")}>
          <Select
            value={draft.deploys}
            options={[
              { value: "automatic", label: "With every change" },
              { value: "byHand", label: "When somebody says so" },
              { value: "never", label: "Never" },
            ]}
            onValueChange={(deploys) => set({ deploys })}
          />
        </Field>
        {draft.deploys === "never" ? null : (
          <LimitNotice
            organisation={scope.organisation}
            project={scope.project}
            limit={draft.environment === null ? "previews" : "environments"}
          />
        )}
        {draft.deploys === "never" ? null : (
          <>
            <Field label="To">
              <Select
                value={draft.environment === null ? "preview" : "lasting"}
                options={[
                  { value: "preview", label: "A preview of their own" },
                  { value: "lasting", label: "A lasting environment" },
                ]}
                onValueChange={(kind) =>
                  set(
                    kind === "preview" ? { environment: null } : { environment: lasting[0] ?? "staging", copyOf: null },
                  )
                }
              />
            </Field>
            {draft.environment === null ? (
              <Field label="A preview begins with" error={of("copyOf")}>
                <Select
                  value={draft.copyOf ?? ""}
                  options={[
                    { value: "", label: "The app's seeds" },
                    ...lasting.map((name) => ({ value: name, label: `Rows of ${name}, sensitive values masked` })),
                  ]}
                  onValueChange={(copyOf) => set({ copyOf: copyOf === "" ? null : copyOf })}
                />
              </Field>
            ) : (
              <Field
                label="Environment"
                hint="One that is not there yet is made with the first deployment."
                error={of("environment")}
              >
                <Input
                  value={draft.environment}
                  list="lasting-environments"
                  spellCheck={false}
                  onChange={(event) => set({ environment: event.target.value })}
                />
              </Field>
            )}
            <datalist id="lasting-environments">
              {lasting.map((name) => (
                <option key={name} value={name} />
              ))}
            </datalist>
            <Field label="A newer change while one waits" error={of("concurrent")}>
              <Select
                value={draft.concurrent}
                options={[
                  { value: "queue", label: "Waits for its turn" },
                  { value: "supersede", label: "Takes its place" },
                ]}
                onValueChange={(concurrent) => set({ concurrent })}
              />
            </Field>
          </>
        )}
        {draft.pattern.trim() === "" ? null : (
          <p className="text-pretty rounded-md bg-sunken px-3 py-2 text-sm">{ruleWords(draft)}</p>
        )}
        {error && error.fields.length === 0 ? <FieldError error={error.message} /> : null}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" disabled={draft.pattern.trim() === ""} pending={pending}>
            Save rule
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
