"use client";

import { useState } from "react";
import { Field } from "#components/ui/Field.tsx";
import { Input } from "#components/ui/Input.tsx";
import { firstFitting } from "#lib/branches/fits.ts";
import type { ShownRule } from "../Branch.ts";
import { ruleWords } from "./ruleWords.ts";

interface RuleTryOutProps {
  rules: readonly ShownRule[];
  /** Names to choose from. */
  branches: readonly string[];
}

/** Which rule a branch falls under, whether it is there or not. */
export function RuleTryOut({ rules, branches }: RuleTryOutProps) {
  const [name, setName] = useState("");
  const asked = name.trim();
  const found = asked === "" ? null : firstFitting(rules, asked);
  return (
    <div className="flex flex-col gap-2 rounded-md border border-dashed px-3 py-2.5">
      <Field label="Which rule fits this branch?">
        <Input
          placeholder="feature/invoices"
          list="known-branches"
          value={name}
          spellCheck={false}
          onChange={(event) => setName(event.target.value)}
        />
      </Field>
      <datalist id="known-branches">
        {branches.map((branch) => (
          <option key={branch} value={branch} />
        ))}
      </datalist>
      <p role="status" className="min-h-5 text-pretty text-sm">
        {asked === "" ? null : found ? (
          <>
            Rule {rules.indexOf(found) + 1}, <code className="font-mono text-xs">{found.pattern}</code>:{" "}
            {ruleWords(found)}
          </>
        ) : (
          "No rule fits: it is deployed nowhere."
        )}
      </p>
    </div>
  );
}
