"use client";

import { useState } from "react";
import { Card } from "#components/ui/Card.tsx";
import { SegmentedControl } from "#components/ui/SegmentedControl.tsx";
import { Switch } from "#components/ui/Switch.tsx";
import { present } from "#lib/model/read/present.ts";
import { useProblems } from "../../BuilderContext.tsx";
import { ProblemList } from "../../inspector/PathField.tsx";
import { problemsAt } from "../../problems/problemsAt.ts";
import { RolePicker } from "./RolePicker.tsx";
import { some, useAuth } from "./useAuth.ts";

const path = ["app", "auth", "totp"];

/** Authenticator apps: for whoever wants, or for those who must. */
export function SecondFactorCard() {
  const { auth, set } = useAuth();
  const problems = problemsAt(useProblems(), path);
  const { totp } = auth;
  const required = totp?.required ?? [];
  // Some roles are meant before the first one is chosen.
  const [choosing, setChoosing] = useState(false);
  const said = required.includes("*") ? "everybody" : required.length > 0 ? "roles" : "choice";
  const mode = said === "choice" && choosing ? "roles" : said;
  return (
    <Card
      title="Second factor"
      description="A code of an authenticator app after the first step, with recovery codes for who loses it."
    >
      <div className="flex flex-col gap-4">
        <Switch
          label="Authenticator apps"
          hint="Whoever has one set up is asked for its code, whatever they sign in by."
          checked={totp !== undefined}
          onCheckedChange={(on) => set("totp", on ? {} : undefined)}
        />
        {totp ? (
          <div className="flex flex-col gap-1.5">
            <span className="font-medium text-muted text-xs">Who must have one</span>
            <SegmentedControl
              label="Who must have one"
              value={mode}
              onValueChange={(value) => {
                setChoosing(value === "roles");
                set("totp", value === "everybody" ? { required: ["*"] } : {});
              }}
              options={[
                { value: "choice", label: "Nobody" },
                { value: "roles", label: "Some roles" },
                { value: "everybody", label: "Everybody" },
              ]}
              className="self-start"
            />
          </div>
        ) : null}
        {totp && mode === "roles" ? (
          <RolePicker
            path={[...path, "required"]}
            label="Roles that must"
            empty="The app has no roles yet."
            value={required}
            set={(roles) => {
              setChoosing(true);
              set("totp", present({ required: some(roles) }));
            }}
          />
        ) : null}
        <ProblemList problems={problems} />
      </div>
    </Card>
  );
}
