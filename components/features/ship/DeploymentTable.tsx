import type { inferRouterOutputs } from "@trpc/server";
import { Button } from "#components/ui/Button.tsx";
import { RelativeTime } from "#components/ui/RelativeTime.tsx";
import { Table, TableBody, TableCell, TableHead, TableHeaderCell, TableRow } from "#components/ui/Table.tsx";
import type { AppRouter } from "#server/trpc/root.ts";
import { DeploymentState } from "./DeploymentState.tsx";

type Deployment = inferRouterOutputs<AppRouter>["deployments"]["list"][number];

interface DeploymentTableProps {
  deployments: readonly Deployment[];
  /** Id of the one whose steps are shown. */
  shown: string | null;
  onShow: (id: string) => void;
}

/** All releases of an environment, newest first. */
export function DeploymentTable({ deployments, shown, onShow }: DeploymentTableProps) {
  return (
    <div className="relative overflow-hidden rounded-lg border bg-surface">
      <Table label="Releases">
        <TableHead>
          <TableRow>
            <TableHeaderCell>Release</TableHeaderCell>
            <TableHeaderCell>State</TableHeaderCell>
            <TableHeaderCell>Commit</TableHeaderCell>
            <TableHeaderCell>By</TableHeaderCell>
            <TableHeaderCell>When</TableHeaderCell>
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
              <TableCell className="font-mono text-xs">{deployment.commit.slice(0, 8)}</TableCell>
              <TableCell>{deployment.requestedBy ?? "someone who left"}</TableCell>
              <TableCell className="whitespace-nowrap">
                <RelativeTime at={deployment.createdAt} />
              </TableCell>
              <TableCell className="text-right">
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
