"use client";

import { Plus, X } from "lucide-react";
import { useState } from "react";
import { Button } from "#components/ui/Button.tsx";
import { Field } from "#components/ui/Field.tsx";
import { IconButton } from "#components/ui/IconButton.tsx";
import { Input } from "#components/ui/Input.tsx";
import { Select } from "#components/ui/Select.tsx";
import type { ClaimRoles } from "#lib/model/processTypes.ts";
import { useDraft, useProblems } from "../../BuilderContext.tsx";
import { ProblemList } from "../../inspector/PathField.tsx";
import { problemsWithin } from "../../problems/problemsAt.ts";
import { AuthText } from "./AuthText.tsx";

interface ClaimRolesFieldsProps {
  /** Of what the claim belongs to. */
  path: readonly string[];
  value: ClaimRoles | undefined;
  set: (roles: ClaimRoles | undefined) => void;
}

/** Which claim of a token names roles, and which role of the app each name stands for. */
export function ClaimRolesFields({ path, value, set }: ClaimRolesFieldsProps) {
  const roles = (useDraft().app.roles ?? []).map(({ name }) => name);
  const problems = problemsWithin(useProblems(), [...path, "roles", "map"]);
  const map = Object.entries(value?.map ?? {});
  const withMap = (entries: readonly (readonly [string, string])[]) => {
    if (!value) return;
    const { map: _old, ...rest } = value;
    set(entries.length === 0 ? rest : { ...rest, map: Object.fromEntries(entries) });
  };
  return (
    <div className="flex flex-col gap-3">
      <AuthText
        path={[...path, "roles", "claim"]}
        label="Claim with the roles"
        hint="A path, such as `realm_access.roles` or `groups`. Without one the provider gives no roles."
        value={value?.claim}
        optional
        set={(claim) => set(claim === undefined ? undefined : { ...value, claim })}
      />
      {value ? (
        <div className="flex flex-col gap-2">
          <span className="font-medium text-muted text-xs">Names in the claim</span>
          {map.length === 0 ? (
            <p className="text-faint text-sm">Each name is the role of the app that is called so.</p>
          ) : (
            <ul className="flex flex-col divide-y rounded-md border">
              {map.map(([name, role]) => (
                <li key={name} className="flex min-h-8 items-center gap-2 pr-1 pl-2.5 text-xs">
                  <code className="min-w-0 flex-1 break-all font-mono">{name}</code>
                  <span className="text-faint">is</span>
                  <code className="min-w-0 flex-1 break-all font-mono">{role}</code>
                  <IconButton
                    label={`Remove ${name}`}
                    size="sm"
                    variant="danger"
                    onClick={() => withMap(map.filter(([other]) => other !== name))}
                  >
                    <X />
                  </IconButton>
                </li>
              ))}
            </ul>
          )}
          {roles.length > 0 ? (
            <NewName
              roles={roles}
              taken={map.map(([name]) => name)}
              add={(name, role) => withMap([...map, [name, role]])}
            />
          ) : null}
          <ProblemList problems={problems} />
        </div>
      ) : null}
    </div>
  );
}

interface NewNameProps {
  roles: readonly string[];
  taken: readonly string[];
  add: (name: string, role: string) => void;
}

function NewName({ roles, taken, add }: NewNameProps) {
  const [text, setText] = useState("");
  const [role, setRole] = useState(roles[0] ?? "");
  const [tried, setTried] = useState(false);
  const name = text.trim();
  const problem =
    name === "" ? "Write the name as the token has it." : taken.includes(name) ? "It is there already." : null;
  const chosen = roles.includes(role) ? role : (roles[0] ?? "");
  return (
    <form
      className="flex flex-wrap items-end gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (problem) return;
        add(name, chosen);
        setText("");
        setTried(false);
      }}
    >
      <Field label="Name in the claim" error={tried ? problem : null} className="min-w-40 flex-1">
        <Input
          value={text}
          spellCheck={false}
          placeholder="crm-managers"
          onChange={(event) => {
            setText(event.target.value);
            setTried(false);
          }}
        />
      </Field>
      <Field label="Role" className="min-w-32 flex-1">
        <Select value={chosen} options={roles.map((each) => ({ value: each, label: each }))} onValueChange={setRole} />
      </Field>
      <Button type="submit" icon={<Plus />}>
        Add name
      </Button>
    </form>
  );
}
