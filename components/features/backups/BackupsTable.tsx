import { Download, Ellipsis, RotateCcw, Trash2 } from "lucide-react";
import { PermittedMenuItem } from "#components/shell/Permitted.tsx";
import { Badge } from "#components/ui/Badge.tsx";
import { DropdownMenu, MenuSeparator } from "#components/ui/DropdownMenu.tsx";
import { IconButton } from "#components/ui/IconButton.tsx";
import { RelativeTime } from "#components/ui/RelativeTime.tsx";
import { Spinner } from "#components/ui/Spinner.tsx";
import { Table, TableBody, TableCell, TableHead, TableHeaderCell, TableRow } from "#components/ui/Table.tsx";
import { type Backup, reasonTexts, rowsText, sizeText } from "./backup.ts";

interface BackupsTableProps {
  label: string;
  backups: readonly Backup[];
  mayManage: boolean;
  showsEnvironment?: boolean;
  onRestore: (backup: Backup) => void;
  onDownload: (backup: Backup) => void;
  onDelete: (backup: Backup) => void;
}

export function BackupsTable({ label, backups, mayManage, showsEnvironment = false, ...actions }: BackupsTableProps) {
  return (
    <div className="relative overflow-hidden rounded-lg border bg-surface shadow-xs">
      <Table label={label}>
        <TableHead>
          <TableRow>
            <TableHeaderCell>Made</TableHeaderCell>
            <TableHeaderCell>State</TableHeaderCell>
            {showsEnvironment ? <TableHeaderCell>Environment</TableHeaderCell> : null}
            <TableHeaderCell className="text-right max-sm:hidden">Rows</TableHeaderCell>
            <TableHeaderCell className="text-right">Size</TableHeaderCell>
            <TableHeaderCell className="max-sm:hidden">Release</TableHeaderCell>
            <TableHeaderCell className="max-sm:hidden">Why</TableHeaderCell>
            <TableHeaderCell className="max-sm:hidden">Kept</TableHeaderCell>
            <TableHeaderCell>
              <span className="sr-only">Actions</span>
            </TableHeaderCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {backups.map((backup) => (
            <TableRow key={backup.id}>
              <TableCell className="whitespace-nowrap">
                <RelativeTime at={backup.createdAt} />
                <span className="block text-faint text-xs sm:hidden">{reasonTexts[backup.reason]}</span>
              </TableCell>
              <TableCell className="sm:min-w-40">
                <State backup={backup} />
              </TableCell>
              {showsEnvironment ? <TableCell>{backup.environment}</TableCell> : null}
              <TableCell className="text-right tabular-nums max-sm:hidden">
                {backup.rows?.toLocaleString("en") ?? ""}
              </TableCell>
              <TableCell className="whitespace-nowrap text-right tabular-nums">
                {backup.bytes === null ? "" : sizeText(backup.bytes)}
              </TableCell>
              <TableCell className="whitespace-nowrap max-sm:hidden">
                {backup.release === null ? <span className="text-faint">none</span> : `#${backup.release}`}
                {backup.commit ? <code className="ml-2 text-faint text-xs">{backup.commit.slice(0, 7)}</code> : null}
              </TableCell>
              <TableCell className="whitespace-nowrap max-sm:hidden">
                {reasonTexts[backup.reason]}
                {backup.requestedBy ? <span className="block text-faint text-xs">{backup.requestedBy}</span> : null}
              </TableCell>
              <TableCell className="whitespace-nowrap max-sm:hidden">
                <Kept backup={backup} />
              </TableCell>
              <TableCell className="text-right">
                {mayManage && backup.state !== "running" ? <Actions backup={backup} {...actions} /> : null}
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </div>
  );
}

function State({ backup: { state, detail, rows } }: { backup: Backup }) {
  switch (state) {
    case "done":
      return (
        <Badge tone="success" dot>
          Done
        </Badge>
      );
    case "failed":
      return (
        <div className="flex flex-col items-start gap-1">
          <Badge tone="danger" dot>
            Failed
          </Badge>
          <span className="max-w-72 text-pretty text-danger-text text-xs">{detail}</span>
        </div>
      );
    case "running":
      return (
        <div className="flex items-start gap-2" role="status">
          <Spinner className="mt-0.5 text-accent-text" />
          <span className="text-muted text-xs">
            {detail}
            {rows ? <span className="block tabular-nums">{rowsText(rows)} so far</span> : null}
          </span>
        </div>
      );
  }
}

function Kept({ backup: { expiresAt, bucket, state } }: { backup: Backup }) {
  if (state !== "done") return null;
  const until = expiresAt ? `until ${new Date(expiresAt).toLocaleDateString()}` : "until it is deleted";
  return (
    <>
      {until}
      <span className="block text-faint text-xs">{bucket === null ? "in this installation" : `in ${bucket}`}</span>
    </>
  );
}

type ActionsProps = Pick<BackupsTableProps, "onRestore" | "onDownload" | "onDelete"> & { backup: Backup };

function Actions({ backup, onRestore, onDownload, onDelete }: ActionsProps) {
  const isWhole = backup.state === "done";
  return (
    <DropdownMenu
      align="end"
      trigger={
        <IconButton label="What to do with this backup" size="sm">
          <Ellipsis />
        </IconButton>
      }
    >
      {isWhole ? (
        <>
          <PermittedMenuItem permission="backups.manage" icon={<RotateCcw />} onSelect={() => onRestore(backup)}>
            Restore to a new environment
          </PermittedMenuItem>
          <PermittedMenuItem permission="backups.manage" icon={<Download />} onSelect={() => onDownload(backup)}>
            Download
          </PermittedMenuItem>
          <MenuSeparator />
        </>
      ) : null}
      <PermittedMenuItem permission="backups.manage" icon={<Trash2 />} danger onSelect={() => onDelete(backup)}>
        Delete
      </PermittedMenuItem>
    </DropdownMenu>
  );
}
