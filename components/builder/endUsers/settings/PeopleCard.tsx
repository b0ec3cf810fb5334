"use client";

import { Card } from "#components/ui/Card.tsx";
import { SegmentedControl } from "#components/ui/SegmentedControl.tsx";
import { Select } from "#components/ui/Select.tsx";
import { useBuilderActions, useDraft } from "../../BuilderContext.tsx";
import { PathField } from "../../inspector/PathField.tsx";
import { RolePicker } from "./RolePicker.tsx";
import { some, useAuth } from "./useAuth.ts";

/** Who the people are, and who may be one of them. */
export function PeopleCard() {
  const { app, resources } = useDraft();
  const { run } = useBuilderActions();
  const { auth, set } = useAuth();
  const users = resources.find(({ name }) => name === app.users);
  const addresses = (users?.attributes ?? []).filter(({ type }) => type.kind === "email" || type.kind === "text");
  const named = addresses.some(({ name }) => name === auth.email);
  return (
    <Card
      title="People"
      description="Everybody who signs in has an account, and where you say so a record of your model."
    >
      <div className="flex flex-col gap-5">
        <div className="grid gap-4 sm:grid-cols-2">
          <PathField
            path={["app", "users"]}
            label="Their records"
            hint="Policies see its attributes as `actor`. A record is made when somebody signs up."
          >
            <Select
              value={app.users ?? ""}
              options={[
                { value: "", label: "None: accounts only" },
                ...resources.map(({ name }) => ({ value: name, label: name })),
              ]}
              onValueChange={(value) => run({ type: "setUsers", users: value === "" ? undefined : value })}
            />
          </PathField>
          {users ? (
            <PathField
              path={["app", "auth", "email"]}
              label="Attribute with the address"
              hint="Unique, of the type email."
            >
              <Select
                value={auth.email ?? ""}
                options={[
                  { value: "", label: "None" },
                  ...(auth.email !== undefined && !named ? [{ value: auth.email, label: auth.email }] : []),
                  ...addresses.map(({ name }) => ({ value: name, label: name })),
                ]}
                onValueChange={(value) => set("email", value === "" ? undefined : value)}
              />
            </PathField>
          ) : null}
        </div>
        <div className="flex flex-col gap-1.5">
          <span className="font-medium text-muted text-xs">Who may have an account</span>
          <SegmentedControl
            label="Who may have an account"
            value={auth.signUp ?? "invited"}
            onValueChange={(value) => set("signUp", value === "open" ? "open" : undefined)}
            options={[
              { value: "invited", label: "Whoever was invited" },
              { value: "open", label: "Anybody" },
            ]}
            className="self-start"
          />
        </div>
        <RolePicker
          path={["app", "auth", "defaultRoles"]}
          label="Roles of everybody who comes"
          empty="The app has no roles yet. They are made with the policies of the model."
          value={auth.defaultRoles ?? []}
          set={(roles) => set("defaultRoles", some(roles))}
        />
      </div>
    </Card>
  );
}
