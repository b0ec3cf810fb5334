"use client";

import { Card } from "#components/ui/Card.tsx";
import { testFilePath, testId } from "#lib/model/tests/testFiles.ts";
import type { AppTest, TestResult } from "#lib/model/testTypes.ts";
import type { EditedTest } from "./EditTestDialog.tsx";
import { TestRow } from "./TestRow.tsx";
import type { TestsScope } from "./TestsScope.ts";

export interface ShownFile {
  readonly name: string;
  readonly describe: string | null;
  readonly tests: readonly { readonly test: AppTest; readonly code: string }[];
}

interface TestFileCardProps {
  scope: TestsScope;
  file: ShownFile;
  results: readonly TestResult[] | null;
  onEdit: (edited: EditedTest) => void;
}

/** The tests of one file, each as a line that opens. */
export function TestFileCard({ scope, file, results, onEdit }: TestFileCardProps) {
  const { name, describe, tests } = file;
  return (
    <Card
      title={<span className="break-all font-mono text-sm">{testFilePath(name)}</span>}
      description={describe ?? `${tests.length} ${tests.length === 1 ? "test" : "tests"}`}
    >
      <ul className="-my-2 divide-y">
        {tests.map(({ test, code }) => (
          <TestRow
            key={test.name}
            scope={scope}
            file={name}
            test={test}
            code={code}
            result={results?.find(({ id }) => id === testId(name, test.name)) ?? null}
            onEdit={() => onEdit({ kind: "vetted", file: name, name: test.name, code, test })}
          />
        ))}
      </ul>
    </Card>
  );
}
