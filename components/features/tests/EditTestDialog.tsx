"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { toast } from "sonner";
import { apiError } from "#components/trpc/apiError.ts";
import { useTRPC } from "#components/trpc/TRPCProvider.tsx";
import { Button } from "#components/ui/Button.tsx";
import { Dialog } from "#components/ui/Dialog.tsx";
import { FieldError } from "#components/ui/Field.tsx";
import { SegmentedControl } from "#components/ui/SegmentedControl.tsx";
import { printTests } from "#lib/model/tests/printTests.ts";
import type { AppTest } from "#lib/model/testTypes.ts";
import { CodeOfTest } from "./CodeOfTest.tsx";
import { TestForm } from "./TestForm.tsx";
import type { TestsScope } from "./TestsScope.ts";

export type EditedTest = {
  readonly code: string;
  readonly test: AppTest;
} & (
  | { readonly kind: "vetted"; readonly file: string; readonly name: string }
  /** Is accepted as it is edited. */
  | { readonly kind: "proposal"; readonly id: string }
);

interface EditTestDialogProps {
  scope: TestsScope;
  /** Null: the dialog is closed. */
  edited: EditedTest | null;
  onClose: () => void;
}

/** A test as a form or as code; saving it is a commit. */
export function EditTestDialog({ scope, edited, onClose }: EditTestDialogProps) {
  return (
    <Dialog
      open={edited !== null}
      onOpenChange={(open) => (open ? undefined : onClose())}
      size="lg"
      title={edited?.kind === "proposal" ? "Edit and accept" : "Edit test"}
      description="Given records are stored as they stand; then somebody does one thing."
    >
      {edited ? <Editor scope={scope} edited={edited} onClose={onClose} /> : null}
    </Dialog>
  );
}

type Mode = "form" | "code";

function Editor({ scope, edited, onClose }: { scope: TestsScope; edited: EditedTest; onClose: () => void }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [mode, setMode] = useState<Mode>("form");
  const [test, setTest] = useState<AppTest>(edited.test);
  const [code, setCode] = useState(edited.code);
  const done = {
    async onSuccess() {
      await queries.invalidateQueries({ queryKey: trpc.tests.pathKey() });
      toast.success(edited.kind === "proposal" ? "Accepted: the test gates from now on." : "The test is saved.");
      onClose();
    },
  };
  const save = useMutation(trpc.tests.save.mutationOptions(done));
  const accept = useMutation(trpc.tests.acceptEdited.mutationOptions(done));
  const error = save.error ?? accept.error;
  const text = mode === "form" ? printTests({ tests: [test] }) : code;
  const submit = () => {
    if (edited.kind === "proposal") accept.mutate({ ...scope, id: edited.id, code: text });
    else save.mutate({ ...scope, file: edited.file, name: edited.name, code: text });
  };
  return (
    <div className="flex flex-col gap-4">
      <SegmentedControl<Mode>
        label="How to edit"
        className="self-start"
        value={mode}
        onValueChange={(next) => {
          if (next === "code") setCode(printTests({ tests: [test] }));
          setMode(next);
        }}
        options={[
          { value: "form", label: "Form" },
          { value: "code", label: "Code" },
        ]}
      />
      {mode === "form" ? (
        <TestForm test={test} onChange={setTest} />
      ) : (
        <CodeOfTest scope={scope} code={code} onChange={setCode} onRead={setTest} />
      )}
      {error ? (
        <FieldError
          error={[apiError(error).message, ...apiError(error).fields.map(({ message }) => message)].join(" ")}
        />
      ) : null}
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>Cancel</Button>
        <Button variant="primary" pending={save.isPending || accept.isPending} onClick={submit}>
          {edited.kind === "proposal" ? "Accept test" : "Save test"}
        </Button>
      </div>
    </div>
  );
}
