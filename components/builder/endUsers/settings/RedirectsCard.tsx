"use client";

import { Plus, X } from "lucide-react";
import { useState } from "react";
import { Button } from "#components/ui/Button.tsx";
import { Card } from "#components/ui/Card.tsx";
import { Field } from "#components/ui/Field.tsx";
import { IconButton } from "#components/ui/IconButton.tsx";
import { Input } from "#components/ui/Input.tsx";
import { useProblems } from "../../BuilderContext.tsx";
import { ProblemList } from "../../inspector/PathField.tsx";
import { problemsWithin } from "../../problems/problemsAt.ts";
import { some, useAuth } from "./useAuth.ts";

/** Where people are sent after they have signed in, and by links in mails. */
export function RedirectsCard() {
  const { auth, set } = useAuth();
  const redirects = auth.redirects ?? [];
  const problems = problemsWithin(useProblems(), ["app", "auth", "redirects"]);
  const needed = auth.providers !== undefined || auth.magicLink === true;
  return (
    <Card
      title="Addresses of your own pages"
      description="Where providers and links in mails may lead back to. Nobody is sent anywhere else."
    >
      <div className="flex flex-col gap-4">
        {redirects.length === 0 ? (
          <p className="text-faint text-sm">
            {needed
              ? "None yet: sign-in by providers and links needs at least one."
              : "None. Providers and links in mails need at least one."}
          </p>
        ) : (
          <ul className="flex flex-col divide-y rounded-md border">
            {redirects.map((redirect) => (
              <li key={redirect} className="flex min-h-8 items-center gap-2 pr-1 pl-2.5">
                <code className="min-w-0 flex-1 break-all font-mono text-xs">{redirect}</code>
                <span className="shrink-0 text-2xs text-faint">{redirect.endsWith("/") ? "and below" : "exactly"}</span>
                <IconButton
                  label={`Remove ${redirect}`}
                  size="sm"
                  variant="danger"
                  onClick={() => set("redirects", some(redirects.filter((other) => other !== redirect)))}
                >
                  <X />
                </IconButton>
              </li>
            ))}
          </ul>
        )}
        <NewRedirect taken={redirects} add={(redirect) => set("redirects", [...redirects, redirect])} />
        <ProblemList problems={problems} />
      </div>
    </Card>
  );
}

function NewRedirect({ taken, add }: { taken: readonly string[]; add: (redirect: string) => void }) {
  const [text, setText] = useState("");
  const [tried, setTried] = useState(false);
  const redirect = text.trim();
  const problem = !URL.canParse(redirect)
    ? "Write a whole address, such as https://shop.example/signed-in."
    : taken.includes(redirect)
      ? "This address is there already."
      : null;
  return (
    <form
      className="flex flex-wrap items-end gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (problem) return;
        add(redirect);
        setText("");
        setTried(false);
      }}
    >
      <Field
        label="New address"
        hint="With `/` at its end it stands for all below it."
        error={tried ? problem : null}
        className="min-w-56 flex-1"
      >
        <Input
          value={text}
          spellCheck={false}
          placeholder="https://shop.example/"
          onChange={(event) => {
            setText(event.target.value);
            setTried(false);
          }}
        />
      </Field>
      <Button type="submit" icon={<Plus />}>
        Add address
      </Button>
    </form>
  );
}
