import { env } from "../../env.ts";

/**
 * The address where it is Stripe's, or that of the server that stands in for Stripe; else null. People are sent nowhere
 * else, whatever an answer says.
 */
export function stripeAddress(address: string | null | undefined): string | null {
  if (!address || !URL.canParse(address)) return null;
  const { protocol, hostname, origin, username, password } = new URL(address);
  if (username !== "" || password !== "") return null;
  const { STRIPE_API_URL: server } = env();
  if (server !== undefined) return origin === new URL(server).origin ? address : null;
  return protocol === "https:" && (hostname === "stripe.com" || hostname.endsWith(".stripe.com")) ? address : null;
}
