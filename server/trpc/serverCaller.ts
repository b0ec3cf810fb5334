import { headers } from "next/headers";
import { requestContext } from "./handler.ts";
import { createCaller } from "./root.ts";

/** The root router's procedures for server components, as whoever is signed in: `(await serverCaller()).projects.list(…)`. */
export async function serverCaller() {
  return createCaller(await requestContext(new Headers(await headers())));
}
