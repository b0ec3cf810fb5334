import Stripe from "stripe";
import { AppError } from "#lib/errors/AppError.ts";
import { env } from "../../env.ts";

/** Webhooks of Stripe wait so long at most, and people too. */
const answerMilliseconds = 10_000;

let client: { readonly key: string; readonly stripe: Stripe } | undefined;

/** Stripe by the installation's key. Throws `conflict` where plans are not sold. */
export function stripe(): Stripe {
  const { STRIPE_SECRET_KEY: key, STRIPE_API_URL: url } = env();
  if (key === undefined) {
    throw new AppError("conflict", "Plans are not sold on this installation: whoever runs it sets the plan.");
  }
  if (client?.key !== key) {
    const options = {
      timeout: answerMilliseconds,
      maxNetworkRetries: 2,
      telemetry: false,
      appInfo: { name: "Gantry" },
    };
    client = { key, stripe: new Stripe(key, { ...options, ...(url !== undefined && addressOf(url)) }) };
  }
  return client.stripe;
}

function addressOf(address: string) {
  const url = new URL(address);
  const protocol = url.protocol === "http:" ? ("http" as const) : ("https" as const);
  return { host: url.hostname, protocol, port: url.port === "" ? (protocol === "http" ? 80 : 443) : Number(url.port) };
}

/** An object's id, whether Stripe gave the object or only its id. */
export function idOf(reference: string | { readonly id: string }): string {
  return typeof reference === "string" ? reference : reference.id;
}

/** A moment as Stripe says it, in seconds. */
export function momentOf(seconds: number): Date;
export function momentOf(seconds: number | null | undefined): Date | null;
export function momentOf(seconds: number | null | undefined): Date | null {
  return seconds === null || seconds === undefined ? null : new Date(seconds * 1000);
}
