import postgres from "postgres";
import type { PostgresServer } from "./PostgresServer.ts";

const name = "gantry";

/**
 * The control plane's database on a server of our own and its role, which is no superuser but may make the databases
 * and roles of the apps. Both are made where missing; the address is that of the role.
 */
export async function ownDatabase(server: PostgresServer, password: string): Promise<string> {
  const url = new URL(server.url(name));
  url.username = name;
  url.password = password;
  if (await answers(url.href)) return url.href;
  const sql = postgres(server.url(), { max: 1, onnotice: () => {} });
  try {
    const [role] = await sql`select 1 from pg_roles where rolname = ${name}`;
    if (!role) await sql`create role ${sql(name)}`;
    const [database] = await sql`select 1 from pg_database where datname = ${name}`;
    if (!database) {
      await sql.unsafe(
        `create database ${name} owner ${name} template template0 encoding utf8 locale_provider builtin builtin_locale 'C.UTF-8' locale 'C'`,
      );
    }
    // The roles of the apps have no business in any database but their own.
    await sql.unsafe(`revoke connect, temporary on database ${name}, postgres, template1 from public`);
    // Last, for it is by logging in that the next start knows everything to be done. Utility statements take no
    // parameters; the password is our own hexadecimal one.
    await sql.unsafe(`alter role ${name} login createdb createrole password '${password}'`);
  } finally {
    await sql.end();
  }
  return url.href;
}

async function answers(url: string): Promise<boolean> {
  const sql = postgres(url, { max: 1, connect_timeout: 10 });
  try {
    await sql`select 1`;
    return true;
  } catch {
    return false;
  } finally {
    await sql.end();
  }
}
