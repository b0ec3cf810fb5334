import { env } from "../../env.ts";

/** Database and role of an environment have this one name: the random end of its id. */
export function databaseNameOf(environmentId: string): string {
  return `env_${environmentId.replaceAll("-", "").slice(-12)}`;
}

/** A database on the control plane's own server, as the control plane's role or as another one. */
export function databaseAddress(database: string, role?: { readonly name: string; readonly password: string }): string {
  const url = new URL(env().DATABASE_URL);
  url.pathname = `/${encodeURIComponent(database)}`;
  if (role) {
    url.username = role.name;
    url.password = role.password;
  }
  return url.href;
}
