"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Ellipsis } from "lucide-react";
import { useState } from "react";
import { toast } from "sonner";
import { useAccess } from "#components/shell/useAccess.ts";
import { apiError } from "#components/trpc/apiError.ts";
import { useTRPC } from "#components/trpc/TRPCProvider.tsx";
import { Badge } from "#components/ui/Badge.tsx";
import { Banner } from "#components/ui/Banner.tsx";
import { ConfirmDialog } from "#components/ui/ConfirmDialog.tsx";
import { DropdownMenu, MenuItem } from "#components/ui/DropdownMenu.tsx";
import { IconButton } from "#components/ui/IconButton.tsx";
import { RelativeTime } from "#components/ui/RelativeTime.tsx";
import { Select } from "#components/ui/Select.tsx";
import { Table, TableBody, TableCell, TableHead, TableHeaderCell, TableRow } from "#components/ui/Table.tsx";
import { mayManage } from "#lib/access/mayManage.ts";
import type { Role } from "#lib/access/roles.ts";
import type { Member } from "./Member.ts";
import type { OrganisationScope } from "./OrganisationScope.ts";
import { ProjectRolesDialog } from "./ProjectRolesDialog.tsx";
import { originWords, projectRoleLabel, roleOptions, roleWords } from "./roleWords.ts";

interface MembersTableProps extends OrganisationScope {
  readonly members: readonly Member[];
}

export function MembersTable({ organisation, members }: MembersTableProps) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const { may } = useAccess();
  const { data } = useQuery(trpc.organisations.get.queryOptions({ organisation }));
  const [doomed, setDoomed] = useState<Member | null>(null);
  const [shown, setShown] = useState<Member | null>(null);
  const again = () => queries.invalidateQueries();
  const remove = useMutation(
    trpc.members.remove.mutationOptions({
      onSuccess: async ({ email }) => {
        toast.success(`${email} was removed.`);
        setDoomed(null);
        await again();
      },
    }),
  );
  const isManager = may("members.manage");
  const current = shown && members.find(({ userId }) => userId === shown.userId);
  return (
    <div className="rounded-lg border bg-surface shadow-xs">
      <Table label="Members">
        <TableHead>
          <TableRow>
            <TableHeaderCell>Person</TableHeaderCell>
            <TableHeaderCell>Role</TableHeaderCell>
            <TableHeaderCell>Joined</TableHeaderCell>
            {isManager ? <TableHeaderCell>Last seen</TableHeaderCell> : null}
            <TableHeaderCell>
              <span className="sr-only">What to do</span>
            </TableHeaderCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {members.map((member) => (
            <TableRow key={member.userId}>
              <TableCell className="min-w-48">
                <p className="flex items-center gap-2 font-medium">
                  {member.name}
                  {member.isYou ? <Badge>You</Badge> : null}
                  {member.suspendedAt ? <Badge tone="warning">Switched off</Badge> : null}
                </p>
                <p className="text-muted text-xs">{member.email}</p>
              </TableCell>
              <TableCell className="min-w-36">
                <RoleOf organisation={organisation} member={member} actor={isManager ? data?.role : undefined} />
                {member.projectRoles.length > 0 && member.role !== "owner" ? (
                  <p className="mt-1 text-muted text-xs">
                    {member.projectRoles.map(({ name, role }) => `${name}: ${projectRoleLabel(role)}`).join(", ")}
                  </p>
                ) : null}
              </TableCell>
              <TableCell className="whitespace-nowrap">
                <RelativeTime at={member.joinedAt} />
                <p className="text-faint text-xs">{originWords[member.origin]}</p>
              </TableCell>
              {isManager ? (
                <TableCell className="whitespace-nowrap">
                  {member.lastSeenAt ? (
                    <RelativeTime at={member.lastSeenAt} />
                  ) : (
                    <span className="text-faint">not known</span>
                  )}
                </TableCell>
              ) : null}
              <TableCell className="text-right">
                {isManager ? (
                  <DropdownMenu
                    align="end"
                    trigger={
                      <IconButton label={`What to do with ${member.name}`} size="sm">
                        <Ellipsis />
                      </IconButton>
                    }
                  >
                    <MenuItem onSelect={() => setShown(member)}>Roles in projects</MenuItem>
                    {member.isYou ? null : (
                      <MenuItem
                        danger
                        disabled={!data || !mayManage(data.role, member.role) || member.origin === "directory"}
                        onSelect={() => setDoomed(member)}
                      >
                        Remove
                      </MenuItem>
                    )}
                  </DropdownMenu>
                ) : null}
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
      <ConfirmDialog
        open={doomed !== null}
        onOpenChange={(open) => {
          if (!open) setDoomed(null);
        }}
        title={`Remove ${doomed?.name ?? "the member"}?`}
        description="They see nothing of the organisation any more. What they made stays in it."
        action="Remove"
        pending={remove.isPending}
        onConfirm={() => doomed && remove.mutate({ organisation, userId: doomed.userId })}
      >
        {remove.error ? <Banner tone="danger">{apiError(remove.error).message}</Banner> : null}
      </ConfirmDialog>
      {current ? (
        <ProjectRolesDialog organisation={organisation} member={current} onClose={() => setShown(null)} />
      ) : null}
    </div>
  );
}

interface RoleOfProps extends OrganisationScope {
  readonly member: Member;
  /** Of whoever looks; undefined where they manage nobody. */
  readonly actor: Role | undefined;
}

/** A choice where it is one, else the word. */
function RoleOf({ organisation, member, actor }: RoleOfProps) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const change = useMutation(
    trpc.members.setRole.mutationOptions({
      onSuccess: ({ role }) => toast.success(`${member.name} is ${roleWords[role].label.toLowerCase()} now.`),
      onError: (error) => toast.error(apiError(error).message),
      onSettled: () => queries.invalidateQueries(),
    }),
  );
  const isFixed = actor === undefined || !mayManage(actor, member.role) || member.origin === "directory";
  if (isFixed) return <span title={roleWords[member.role].says}>{roleWords[member.role].label}</span>;
  return (
    <Select
      size="sm"
      aria-label={`Role of ${member.name}`}
      className="max-w-36"
      options={roleOptions((role) => mayManage(actor, role))}
      value={member.role}
      disabled={change.isPending}
      onValueChange={(role) => change.mutate({ organisation, userId: member.userId, role })}
    />
  );
}
