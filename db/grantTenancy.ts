import type postgres from "postgres";
import { quoteLiteral } from "#lib/sql/ddl/quoteLiteral.ts";

/**
 * The role that requests of an organisation take on: one for each database, because roles are of the whole server and
 * another installation on it could not use ours.
 */
export function tenantRole(database: string): string {
  return `${[...database].slice(0, 56).join("")}_tenant`;
}

/**
 * Makes the role where there is none, lets the connecting role take it on, and grants it exactly what the policies of
 * row-level security speak of: a table without a policy is closed to it. To be run after every migration.
 */
export async function grantTenancy(sql: postgres.Sql): Promise<void> {
  const [{ database } = { database: "" }] = await sql<{ database: string }[]>`select current_database() as database`;
  await sql.unsafe(`
    do $$
    declare
      tenant text := ${quoteLiteral(tenantRole(database))};
      granted record;
    begin
      if not exists (select from pg_roles where rolname = tenant) then
        execute format('create role %I nologin noinherit', tenant);
      end if;
      if exists (select from pg_roles where rolname = tenant
                 and (rolcanlogin or rolsuper or rolbypassrls or rolcreaterole or rolcreatedb)) then
        raise exception 'The role % is taken by something else: it may do more than nothing.', tenant;
      end if;
      -- Whoever made the role administers it; that alone does not let them take it on.
      if not pg_has_role(current_user, tenant, 'set') then
        execute format('grant %I to current_user with set true, inherit false', tenant);
      end if;
      execute format('revoke all on all tables in schema public from %I', tenant);
      execute format('grant usage on schema public to %I', tenant);
      for granted in
        select distinct tablename, case cmd when 'ALL' then 'select, insert, update, delete' else lower(cmd) end as what
        from pg_policies where schemaname = 'public'
      loop
        execute format('grant %s on public.%I to %I', granted.what, granted.tablename, tenant);
      end loop;
      -- What is told of other members: never their password.
      execute format('revoke select on public.users from %I', tenant);
      execute format('grant select (id, kind, email, email_verified_at, name, created_at) on public.users to %I', tenant);
    end $$`);
}
