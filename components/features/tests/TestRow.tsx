"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { ChevronRight, CircleCheck, CircleDashed, CircleX } from "lucide-react";
import { useState } from "react";
import { toast } from "sonner";
import { PermittedButton } from "#components/shell/Permitted.tsx";
import { apiError } from "#components/trpc/apiError.ts";
import { useTRPC } from "#components/trpc/TRPCProvider.tsx";
import { CodeBlock } from "#components/ui/CodeBlock.tsx";
import { ConfirmDialog } from "#components/ui/ConfirmDialog.tsx";
import { cn } from "#components/ui/cn.ts";
import { SegmentedControl } from "#components/ui/SegmentedControl.tsx";
import { TickedText } from "#components/ui/TickedText.tsx";
import type { AppTest, TestResult } from "#lib/model/testTypes.ts";
import { TestReading } from "./TestReading.tsx";
import type { TestsScope } from "./TestsScope.ts";

interface TestRowProps {
  scope: TestsScope;
  file: string;
  test: AppTest;
  code: string;
  result: TestResult | null;
  onEdit: () => void;
}

export function TestRow({ scope, file, test, code, result, onEdit }: TestRowProps) {
  const [isOpen, setOpen] = useState(false);
  const shown = isOpen || result?.state === "failed";
  return (
    <li className="flex flex-col gap-2 py-2">
      <button
        type="button"
        className="flex min-w-0 items-start gap-2 rounded-md text-left text-sm hover:text-accent-text"
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
      >
        <ResultIcon result={result} />
        <span className="min-w-0 flex-1 text-pretty break-words">
          <TickedText>{test.name}</TickedText>
        </span>
        {result ? (
          <span className="shrink-0 text-faint text-xs tabular-nums max-sm:hidden">
            {Math.round(result.milliseconds)} ms
          </span>
        ) : null}
        <ChevronRight
          className={cn("mt-0.5 size-4 shrink-0 text-faint transition-transform", isOpen && "rotate-90")}
          aria-hidden
        />
      </button>
      {shown && result?.reason ? (
        <p className="ml-6 text-pretty break-words rounded-md border border-danger-line bg-danger-soft px-3 py-2 text-sm">
          {result.reason}
        </p>
      ) : null}
      {isOpen ? <OpenTest scope={scope} file={file} test={test} code={code} onEdit={onEdit} /> : null}
    </li>
  );
}

function ResultIcon({ result }: { result: TestResult | null }) {
  if (!result) return <CircleDashed className="mt-0.5 size-4 shrink-0 text-faint" aria-label="Not run yet" />;
  return result.state === "passed" ? (
    <CircleCheck className="mt-0.5 size-4 shrink-0 text-success-text" aria-label="Passed" />
  ) : (
    <CircleX className="mt-0.5 size-4 shrink-0 text-danger-text" aria-label="Failed" />
  );
}

type Shown = "words" | "code";

function OpenTest({ scope, file, test, code, onEdit }: Omit<TestRowProps, "result">) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [shown, setShown] = useState<Shown>("words");
  const [isRemoving, setRemoving] = useState(false);
  const remove = useMutation(
    trpc.tests.remove.mutationOptions({
      async onSuccess() {
        setRemoving(false);
        await queries.invalidateQueries({ queryKey: trpc.tests.pathKey() });
        toast.success("The test is removed.");
      },
      onError: (error) => toast.error(apiError(error).message),
    }),
  );
  return (
    <div className="ml-6 flex min-w-0 flex-col gap-3 pb-1">
      {test.explain ? (
        <p className="text-pretty text-muted text-sm">
          <TickedText>{test.explain}</TickedText>
        </p>
      ) : null}
      {shown === "words" ? <TestReading test={test} /> : <CodeBlock code={code} title="Code" />}
      <div className="flex flex-wrap items-center gap-2">
        <SegmentedControl<Shown>
          label="How it is shown"
          value={shown}
          onValueChange={setShown}
          options={[
            { value: "words", label: "Words" },
            { value: "code", label: "Code" },
          ]}
        />
        <span className="flex-1" />
        <PermittedButton permission="model.write" size="sm" onClick={onEdit}>
          Edit
        </PermittedButton>
        <PermittedButton permission="model.write" size="sm" variant="dangerGhost" onClick={() => setRemoving(true)}>
          Remove
        </PermittedButton>
      </div>
      <ConfirmDialog
        open={isRemoving}
        onOpenChange={setRemoving}
        title="Remove this test?"
        description={`“${test.name}” no longer gates. Its file keeps it in its history.`}
        action="Remove test"
        pending={remove.isPending}
        onConfirm={() => remove.mutate({ ...scope, file, name: test.name })}
      />
    </div>
  );
}
