"use client";

import { Card } from "#components/ui/Card.tsx";
import { Switch } from "#components/ui/Switch.tsx";
import { CountField } from "../../api/CountField.tsx";
import { useProblems } from "../../BuilderContext.tsx";
import { ProblemList } from "../../inspector/PathField.tsx";
import { problemsAt } from "../../problems/problemsAt.ts";
import { useAuth } from "./useAuth.ts";

const path = ["app", "auth"];

/** By what people sign in with accounts of the app itself. */
export function WaysCard() {
  const { auth, set } = useAuth();
  const problems = problemsAt(useProblems(), path);
  const { password } = auth;
  return (
    <Card
      title="Ways to sign in"
      description="With an account of this app. Mails go out by the mail server that Settings name."
    >
      <div className="flex flex-col gap-4">
        <Switch
          label="Password"
          hint="Checked against those that are guessed first; kept so that nobody can read it."
          checked={password !== undefined}
          onCheckedChange={(on) => set("password", on ? {} : undefined)}
        />
        {password ? (
          <CountField
            path={[...path, "password", "minLength"]}
            label="Characters at least"
            value={password.minLength}
            usual={10}
            least={8}
            most={128}
            set={(minLength) => set("password", minLength === undefined ? {} : { minLength })}
          />
        ) : null}
        <Switch
          label="Link by mail"
          hint="Opens a page with a button, so that programs which look at mails use nothing up. Good for ten minutes, once."
          checked={auth.magicLink === true}
          onCheckedChange={(on) => set("magicLink", on ? true : undefined)}
        />
        <Switch
          label="Code by mail"
          hint="Six digits, good for ten minutes and five guesses."
          checked={auth.code === true}
          onCheckedChange={(on) => set("code", on ? true : undefined)}
        />
        <ProblemList problems={problems} />
      </div>
    </Card>
  );
}
