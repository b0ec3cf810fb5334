import { Undo2 } from "lucide-react";
import { PermittedIconButton } from "#components/shell/Permitted.tsx";
import { Button } from "#components/ui/Button.tsx";
import { RelativeTime } from "#components/ui/RelativeTime.tsx";
import { Table, TableBody, TableCell, TableHead, TableHeaderCell, TableRow } from "#components/ui/Table.tsx";
import { DeploymentState } from "./DeploymentState.tsx";
import { durationWords } from "./durationWords.ts";
import type { Release } from "./shippedTypes.ts";

interface DeploymentTableProps {
  deployments: readonly Release[];
  /** Id of the one whose steps are shown. */
  shown: string | null;
  onShow: (id: string) => void;
  onRollBack: (release: number) => void;
}

/** All releases of an environment, newest first. */
export function DeploymentTable({ deployments, shown, onShow, onRollBack }: DeploymentTableProps) {
  return (
    <div className="relative overflow-hidden rounded-lg border bg-surface">
      <Table label="Releases">
        <TableHead>
          <TableRow>
            <TableHeaderCell>Release</TableHeaderCell>
            <TableHeaderCell>State</TableHeaderCell>
            <TableHeaderCell>Commit</TableHeaderCell>
            <TableHeaderCell>Tests</TableHeaderCell>
            <TableHeaderCell>By</TableHeaderCell>
            <TableHeaderCell>When</TableHeaderCell>
            <TableHeaderCell>Served</TableHeaderCell>
            <TableHeaderCell>
              <span className="sr-only">What to do</span>
            </TableHeaderCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {deployments.map((deployment) => (
            <TableRow key={deployment.id}>
              <TableCell className="font-medium tabular-nums">{deployment.release}</TableCell>
              <TableCell>
                <DeploymentState state={deployment.state} />
              </TableCell>
              <TableCell className="max-w-64">
                <span className="flex min-w-0 items-baseline gap-2">
                  <code className="shrink-0 font-mono text-xs">{deployment.commit.slice(0, 8)}</code>
                  <span className="truncate text-muted text-xs" title={deployment.message ?? undefined}>
                    {deployment.message}
                  </span>
                </span>
              </TableCell>
              <TableCell className="whitespace-nowrap text-xs">{testWords(deployment.tests)}</TableCell>
              <TableCell className="whitespace-nowrap">{deployment.requestedBy ?? "someone who left"}</TableCell>
              <TableCell className="whitespace-nowrap">
                <RelativeTime at={deployment.createdAt} />
              </TableCell>
              <TableCell className="whitespace-nowrap text-muted text-xs tabular-nums">
                {deployment.servedFor === null ? "never" : durationWords(deployment.servedFor)}
              </TableCell>
              <TableCell className="whitespace-nowrap text-right">
                {deployment.canReturn ? (
                  <PermittedIconButton
                    permission="release.deploy"
                    size="sm"
                    label={`Go back to release ${deployment.release}`}
                    onClick={() => onRollBack(deployment.release)}
                  >
                    <Undo2 />
                  </PermittedIconButton>
                ) : null}
                <Button
                  size="sm"
                  variant="ghost"
                  aria-pressed={deployment.id === shown}
                  onClick={() => onShow(deployment.id)}
                >
                  Steps
                </Button>
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </div>
  );
}

function testWords(tests: Release["tests"]) {
  if (!tests) return <span className="text-faint">–</span>;
  if (tests.failed > 0) return <span className="text-danger-text">{tests.failed} failed</span>;
  return tests.passed === 0 ? <span className="text-faint">none</span> : `${tests.passed} passed`;
}
