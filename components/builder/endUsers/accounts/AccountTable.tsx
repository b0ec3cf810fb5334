"use client";

import { Ellipsis } from "lucide-react";
import { useState } from "react";
import { Badge } from "#components/ui/Badge.tsx";
import { ConfirmDialog } from "#components/ui/ConfirmDialog.tsx";
import { DropdownMenu, MenuItem, MenuSeparator } from "#components/ui/DropdownMenu.tsx";
import { IconButton } from "#components/ui/IconButton.tsx";
import { RelativeTime } from "#components/ui/RelativeTime.tsx";
import { Table, TableBody, TableCell, TableHead, TableHeaderCell, TableRow } from "#components/ui/Table.tsx";
import type { AccountRow, AccountsClient } from "./AccountsClient.ts";
import { RolesDialog } from "./RolesDialog.tsx";

interface AccountTableProps {
  accounts: readonly AccountRow[];
  roles: readonly string[];
  client: AccountsClient;
  /** Says what was done, and reads all anew. */
  act: (work: Promise<void>, done: string) => void;
  /** The address that was looked for. */
  sought: string;
}

type Asked = { readonly what: "roles" | "disable" | "factor"; readonly account: AccountRow };

export function AccountTable({ accounts, roles, client, act, sought }: AccountTableProps) {
  const [asked, setAsked] = useState<Asked | null>(null);
  const close = () => setAsked(null);
  if (accounts.length === 0) {
    return (
      <p className="py-6 text-center text-muted text-sm">
        {sought === ""
          ? "Nobody has an account yet. Invite somebody, or let people sign up."
          : `Nobody has the address ${sought}.`}
      </p>
    );
  }
  return (
    <>
      <Table label="Accounts">
        <TableHead>
          <tr>
            <TableHeaderCell className="pl-0">Address</TableHeaderCell>
            <TableHeaderCell>Roles</TableHeaderCell>
            <TableHeaderCell className="max-sm:hidden">Last sign-in</TableHeaderCell>
            <TableHeaderCell>
              <span className="sr-only">What to do</span>
            </TableHeaderCell>
          </tr>
        </TableHead>
        <TableBody>
          {accounts.map((account) => (
            <TableRow key={account.id}>
              <TableCell className="pl-0">
                <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
                  <span className="break-all">{nameOf(account)}</span>
                  {account.disabledAt !== null ? <Badge tone="danger">disabled</Badge> : null}
                  {account.email !== null && !account.emailVerified ? (
                    <Badge tone="warning">not confirmed</Badge>
                  ) : null}
                </span>
              </TableCell>
              <TableCell>
                <span className="flex flex-wrap gap-1">
                  {account.roles.length === 0 ? <span className="text-faint">none</span> : null}
                  {account.roles.map((role) => (
                    <Badge key={role}>{role}</Badge>
                  ))}
                </span>
              </TableCell>
              <TableCell className="whitespace-nowrap text-muted max-sm:hidden">
                {account.lastSignInAt === null ? "never" : <RelativeTime at={account.lastSignInAt} />}
              </TableCell>
              <TableCell className="w-0 pr-0 text-right">
                <DropdownMenu
                  align="end"
                  trigger={
                    <IconButton label={`What to do with ${nameOf(account)}`} size="sm">
                      <Ellipsis />
                    </IconButton>
                  }
                >
                  <MenuItem onSelect={() => setAsked({ what: "roles", account })}>Change roles …</MenuItem>
                  <MenuItem
                    onSelect={() => act(client.signOut(account), `${nameOf(account)} is signed out everywhere.`)}
                  >
                    Sign out everywhere
                  </MenuItem>
                  <MenuItem onSelect={() => setAsked({ what: "factor", account })}>Remove second factor …</MenuItem>
                  <MenuSeparator />
                  {account.disabledAt === null ? (
                    <MenuItem danger onSelect={() => setAsked({ what: "disable", account })}>
                      Disable …
                    </MenuItem>
                  ) : (
                    <MenuItem
                      onSelect={() =>
                        act(client.change(account, { disabled: false }), `${nameOf(account)} may sign in again.`)
                      }
                    >
                      Enable
                    </MenuItem>
                  )}
                </DropdownMenu>
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
      {asked?.what === "roles" ? (
        <RolesDialog
          account={asked.account}
          name={nameOf(asked.account)}
          roles={roles}
          onClose={close}
          onChange={(chosen) => {
            act(client.change(asked.account, { roles: chosen }), `The roles of ${nameOf(asked.account)} are changed.`);
            close();
          }}
        />
      ) : null}
      <ConfirmDialog
        open={asked?.what === "disable"}
        onOpenChange={close}
        title={`Disable ${asked ? nameOf(asked.account) : ""}?`}
        description="They are signed out everywhere at once and cannot sign in until the account is enabled again. Their records stay."
        action="Disable"
        onConfirm={() => {
          if (asked) act(client.change(asked.account, { disabled: true }), `${nameOf(asked.account)} is disabled.`);
          close();
        }}
      />
      <ConfirmDialog
        open={asked?.what === "factor"}
        onOpenChange={close}
        title={`Remove the second factor of ${asked ? nameOf(asked.account) : ""}?`}
        description="For who has lost their authenticator app and recovery codes. They are signed out everywhere; make sure that it is really they who ask."
        action="Remove second factor"
        onConfirm={() => {
          if (asked) act(client.removeSecondFactor(asked.account), `${nameOf(asked.account)} has no second factor.`);
          close();
        }}
      />
    </>
  );
}

function nameOf({ email, userId, id }: AccountRow): string {
  return email ?? userId ?? id;
}
