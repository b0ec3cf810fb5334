"use client";

import { Plus, X } from "lucide-react";
import { useState } from "react";
import { Button } from "#components/ui/Button.tsx";
import { FieldError } from "#components/ui/Field.tsx";
import { IconButton } from "#components/ui/IconButton.tsx";
import { Input } from "#components/ui/Input.tsx";
import { Select } from "#components/ui/Select.tsx";
import { fieldNameShape } from "#lib/model/naming/nameShape.ts";
import { reservedOption } from "#lib/model/naming/reservedNames.ts";
import type { Role } from "#lib/model/types.ts";
import { useBuilderActions, useDraft } from "../../BuilderContext.tsx";
import { PathField } from "../../inspector/PathField.tsx";
import { Section } from "../../inspector/Section.tsx";
import { nameDelay, useTypedValue } from "../../inspector/useTypedValue.ts";
import { Example } from "../BehaviourSection.tsx";
import { withoutEmpty } from "../withoutEmpty.ts";

const nobody = "";

/** What people who use the app can be, and where they are kept. */
export function RoleSection() {
  const { app, resources } = useDraft();
  const { run } = useBuilderActions();
  const { roles = [], users } = app;
  const set = (next: readonly Role[]) => run({ type: "setRoles", roles: next }, { key: "app.roles" });
  return (
    <Section title="Roles" note={roles.length === 0 ? "" : String(roles.length)}>
      <p className="text-faint text-xs">What those who use the app can be. Policies and API keys name them.</p>
      {roles.length === 0 ? <Example>manager, salesRep</Example> : null}
      <ul className="flex flex-col gap-2" aria-label="Roles">
        {roles.map((role, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a name changes while one types it; the place does not
          <li key={`${index} of ${roles.length}`}>
            <RoleRow
              role={role}
              roles={roles}
              set={(next) => set(roles.with(index, next))}
              remove={() => set(roles.toSpliced(index, 1))}
            />
          </li>
        ))}
      </ul>
      <NewRole roles={roles} add={(role) => set([...roles, role])} />
      <PathField
        path={["app", "users"]}
        label="Users are the records of"
        hint={
          users === undefined
            ? "Nobody signs in to the app; it is used with API keys."
            : `In expressions \`actor.id\` is the id of a ${users}.`
        }
        className="mt-2"
      >
        <Select
          value={users ?? nobody}
          options={[
            { value: nobody, label: "no resource" },
            ...[
              ...new Set([...resources.map(({ name }) => name).toSorted(), ...(users === undefined ? [] : [users])]),
            ].map((name) => ({ value: name, label: name })),
          ]}
          onValueChange={(name) => run({ type: "setUsers", users: name === nobody ? undefined : name })}
        />
      </PathField>
    </Section>
  );
}

interface RoleRowProps {
  role: Role;
  roles: readonly Role[];
  set: (role: Role) => void;
  remove: () => void;
}

function RoleRow({ role, roles, set, remove }: RoleRowProps) {
  const { run } = useBuilderActions();
  const name = useTypedValue({
    value: role.name,
    commit: (to) => run({ type: "renameRole", role: role.name, to }, { key: "app.roles.name" }),
    check: (text) => (text === role.name ? null : roleNameProblem(roles, text)),
    delay: nameDelay,
  });
  const describe = useTypedValue({
    value: role.describe ?? "",
    commit: (text) => set(withoutEmpty<Role>({ name: role.name, describe: text.trim() || undefined })),
  });
  return (
    <div className="flex items-start gap-1">
      <PathField
        path={["app", "roles", role.name]}
        label={`Name of role ${role.name}`}
        hideLabel
        error={name.error}
        className="w-32 shrink-0"
      >
        <Input size="sm" {...name.field} spellCheck={false} />
      </PathField>
      <Input size="sm" aria-label={`Description of role ${role.name}`} placeholder="What they do" {...describe.field} />
      <IconButton label={`Remove role ${role.name}`} size="sm" variant="danger" onClick={remove}>
        <X />
      </IconButton>
    </div>
  );
}

function NewRole({ roles, add }: { roles: readonly Role[]; add: (role: Role) => boolean }) {
  const [typed, setTyped] = useState("");
  const name = typed.trim();
  const error = name === "" ? null : roleNameProblem(roles, name);
  return (
    <form
      aria-label="New role"
      className="flex flex-col gap-1"
      onSubmit={(event) => {
        event.preventDefault();
        if (name !== "" && !error && add({ name })) setTyped("");
      }}
    >
      <div className="flex gap-1">
        <Input
          size="sm"
          aria-label="New role"
          placeholder="Add a role"
          value={typed}
          spellCheck={false}
          onChange={(event) => setTyped(event.target.value)}
          {...(error ? { "aria-invalid": true } : {})}
        />
        <Button size="sm" type="submit" icon={<Plus />} disabled={name === "" || error !== null}>
          Add role
        </Button>
      </div>
      {error ? <FieldError error={error} /> : null}
    </form>
  );
}

function roleNameProblem(roles: readonly Role[], name: string): string | null {
  const shape = fieldNameShape(name);
  if (shape) return shape;
  const meaning = reservedOption(name);
  if (meaning) return `\`${name}\` is ${meaning}. Choose another name.`;
  return roles.some((role) => role.name === name) ? `There is a role \`${name}\` already.` : null;
}
