import type { Model } from "../../model/types.ts";
import { signInTables } from "./signInSchema.ts";
import { usersTables } from "./usersSchema.ts";

/** A column of a table of our own whose values are sealed, each bound to `<table>.<key>`. */
export interface SealedColumn {
  readonly table: string;
  readonly key: string;
  readonly column: string;
}

/** What of the app's users is sealed with the environment's keys, besides encrypted attributes. */
export function sealedColumns({ app: { auth } }: Model): readonly SealedColumn[] {
  if (!auth) return [];
  return [
    { table: usersTables.sessions, key: "id", column: "seed" },
    { table: usersTables.signingKeys, key: "id", column: "private_jwk" },
    ...(auth.totp ? [{ table: signInTables.totp, key: "account", column: "secret" }] : []),
  ];
}
