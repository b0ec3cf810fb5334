"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { CircleAlert } from "lucide-react";
import { useDeferredValue, useEffect, useRef } from "react";
import { useTRPC } from "#components/trpc/TRPCProvider.tsx";
import { Field } from "#components/ui/Field.tsx";
import { Textarea } from "#components/ui/Textarea.tsx";
import type { AppTest } from "#lib/model/testTypes.ts";
import type { TestsScope } from "./TestsScope.ts";

interface CodeOfTestProps {
  scope: TestsScope;
  code: string;
  onChange: (code: string) => void;
  /** Whenever the code is understood. */
  onRead: (test: AppTest) => void;
}

/** A file with one test, read while it is typed; each problem leads to its place. */
export function CodeOfTest({ scope, code, onChange, onRead }: CodeOfTestProps) {
  const trpc = useTRPC();
  const area = useRef<HTMLTextAreaElement>(null);
  const asked = useDeferredValue(code);
  const check = useQuery(
    trpc.tests.check.queryOptions({ ...scope, code: asked }, { placeholderData: keepPreviousData }),
  );
  const read = check.data?.test ?? null;
  useEffect(() => {
    if (read) onRead(read);
  }, [read, onRead]);
  const goTo = (line: number, column: number) => {
    const lines = code.split("\n");
    const at = lines.slice(0, line - 1).reduce((sum, text) => sum + text.length + 1, 0) + column - 1;
    area.current?.focus();
    area.current?.setSelectionRange(at, at);
  };
  return (
    <div className="flex flex-col gap-2">
      <Field label="Code">
        <Textarea
          ref={area}
          value={code}
          rows={18}
          spellCheck={false}
          wrap="off"
          className="overflow-x-auto font-mono text-xs leading-5"
          onChange={(event) => onChange(event.target.value)}
        />
      </Field>
      {check.data && check.data.problems.length > 0 ? (
        <ul aria-label="Problems" className="flex flex-col gap-1">
          {check.data.problems.map(({ line, column, message }) => (
            <li key={`${line}:${column}:${message}`}>
              <button
                type="button"
                className="flex w-full items-start gap-2 rounded-md px-1 py-0.5 text-left text-danger-text text-sm hover:bg-danger-soft"
                onClick={() => goTo(line, column)}
              >
                <CircleAlert className="mt-0.5 size-4 shrink-0" aria-hidden />
                <span className="min-w-0 break-words">
                  Line {line}: {message}
                </span>
              </button>
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  );
}
