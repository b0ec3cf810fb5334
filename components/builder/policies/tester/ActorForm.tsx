"use client";

import { useId } from "react";
import { Card } from "#components/ui/Card.tsx";
import { Checkbox } from "#components/ui/Checkbox.tsx";
import { Field } from "#components/ui/Field.tsx";
import { Input } from "#components/ui/Input.tsx";
import { SegmentedControl } from "#components/ui/SegmentedControl.tsx";
import { spokenName } from "#lib/model/naming/spokenName.ts";
import type { Model, Resource } from "#lib/model/types.ts";
import { withArticle } from "#lib/model/words/sentenceList.ts";
import { rowTitle } from "./rowTitle.ts";
import type { TesterActor } from "./TesterActor.ts";
import type { Row, TesterClient } from "./TesterClient.ts";
import { useLoaded } from "./useLoaded.ts";

interface ActorFormProps {
  client: TesterClient;
  model: Model;
  actor: TesterActor;
  onChange: (actor: TesterActor) => void;
}

/** Whom to act as. */
export function ActorForm({ client, model, actor, onChange }: ActorFormProps) {
  const { app, resources } = model;
  const users = resources.find(({ name }) => name === app.users);
  const hasTenants = resources.some(({ features }) => features?.tenant !== undefined);
  const roles = app.roles ?? [];
  return (
    <Card title="Act as">
      <div className="flex flex-col gap-3">
        <SegmentedControl
          label="Who asks"
          value={actor.kind}
          onValueChange={(kind) => onChange({ ...actor, kind })}
          options={[
            { value: "user", label: "Someone signed in" },
            { value: "anonymous", label: "Nobody known" },
          ]}
          className="self-start"
        />
        {actor.kind === "anonymous" ? null : (
          <>
            <fieldset className="flex flex-wrap gap-x-4 gap-y-1">
              <legend className="mb-1 font-medium text-muted text-xs">Roles</legend>
              {roles.length === 0 ? <span className="text-faint text-xs">The live app has no roles.</span> : null}
              {roles.map(({ name }) => (
                <Checkbox
                  key={name}
                  label={name}
                  checked={actor.roles.includes(name)}
                  onCheckedChange={(on) =>
                    onChange({
                      ...actor,
                      roles: on ? [...actor.roles, name] : actor.roles.filter((other) => other !== name),
                    })
                  }
                />
              ))}
            </fieldset>
            <div className="grid gap-3 sm:grid-cols-2">
              {users ? <PersonField {...{ client, users, actor, onChange }} /> : null}
              {hasTenants ? (
                <Field label="Tenant" hint="Whose records they may see at all; `actor.tenant`.">
                  <Input
                    value={actor.tenant}
                    spellCheck={false}
                    onChange={(event) => onChange({ ...actor, tenant: event.target.value.trim() })}
                  />
                </Field>
              ) : null}
            </div>
          </>
        )}
      </div>
    </Card>
  );
}

interface PersonFieldProps extends Pick<ActorFormProps, "client" | "actor" | "onChange"> {
  users: Resource;
}

function PersonField({ client, users, actor, onChange }: PersonFieldProps) {
  const list = useId();
  const people = useLoaded(users.name, () => client.rows(users, null));
  const rows: readonly Row[] = people.data?.rows ?? [];
  const picked = rows.find((row) => String(row.id) === actor.id);
  return (
    <Field
      label={`Id of ${withArticle(spokenName(users.name))}`}
      note={picked ? rowTitle(users, picked) : undefined}
      hint={people.error ?? "What `actor.id` is. Pick one or type it; empty is nobody in particular."}
    >
      <Input
        list={list}
        value={actor.id}
        spellCheck={false}
        placeholder="Pick or type"
        onChange={(event) => {
          const id = event.target.value.trim();
          onChange({ ...actor, id, record: rows.find((row) => String(row.id) === id) ?? null });
        }}
      />
      <datalist id={list}>
        {rows.map((row) => (
          <option key={String(row.id)} value={String(row.id)} label={rowTitle(users, row)} />
        ))}
      </datalist>
    </Field>
  );
}
