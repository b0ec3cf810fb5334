import { subscribe } from "node:diagnostics_channel";
import type { ServerResponse } from "node:http";
import { env } from "../env.ts";

const insisting = globalThis as { gantryInsistsOnHttps?: boolean };

/**
 * Once a browser has seen an installation on https, it asks in no other way, whatever the answer was. Its subdomains are
 * not spoken for: they may be others'. Call once when the server starts.
 */
export function insistOnHttps(): void {
  if (!env().NEXTAUTH_URL.startsWith("https://") || insisting.gantryInsistsOnHttps) return;
  insisting.gantryInsistsOnHttps = true;
  subscribe("http.server.response.created", (message) => {
    const { response } = message as { readonly response: ServerResponse };
    response.setHeader("strict-transport-security", "max-age=31536000");
  });
}
