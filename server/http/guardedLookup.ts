import { type LookupAddress, lookup as resolve } from "node:dns";
import { isIP, type LookupFunction } from "node:net";
import { AppError } from "#lib/errors/AppError.ts";
import { EgressRules } from "#lib/network/EgressRules.ts";
import { env } from "../env.ts";
import { allowsPrivateEgress } from "../features/environments/service.ts";

/**
 * Resolves names for a request to an address that somebody has given: to the open internet only, and each once, so that
 * what was judged is what is connected to. Throws, and fails with, AppError `invalid_input` where it may not be called.
 */
export function guardedLookup(url: URL): LookupFunction {
  const literal = bareHost(url);
  // An address that is written out is not looked up.
  if (isIP(literal) !== 0 && !isAllowed(url, literal)) throw notAllowed(url);
  return (host, options, callback) => {
    resolve(host, { ...options, all: true }, (error, found: LookupAddress[]) => {
      if (error) return callback(error, "");
      const allowed = found.filter(({ address }) => isAllowed(url, address));
      const [first] = allowed;
      if (!first) return callback(notAllowed(url), "");
      if (options.all) callback(null, allowed);
      else callback(null, first.address, first.family);
    });
  };
}

function bareHost({ hostname }: URL): string {
  return hostname.replace(/^\[|\]$/g, "");
}

function isAllowed(url: URL, address: string): boolean {
  const port = url.port === "" ? (url.protocol === "https:" ? 443 : 80) : Number(url.port);
  return rules().allows({ host: bareHost(url), port, address }, { anyPort: false });
}

/** The open internet; where this installation is one person's own machine, its networks too, but not its own servers. */
function rules(): EgressRules {
  const { DATABASE_URL, GANTRY_RUNTIME_ADMIN_URL, INNGEST_BASE_URL } = env();
  const own = [DATABASE_URL, GANTRY_RUNTIME_ADMIN_URL, INNGEST_BASE_URL].map((text) =>
    Number(new URL(text).port || 5432),
  );
  return new EgressRules(allowsPrivateEgress() ? ["0.0.0.0/0", "::/0"] : [], new Set(own));
}

function notAllowed({ host }: URL): AppError {
  return new AppError("invalid_input", `${host} is no address of the open internet that may be called from here.`);
}
