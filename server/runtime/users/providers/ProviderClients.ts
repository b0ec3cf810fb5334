import { AppError } from "#lib/errors/AppError.ts";
import { kebabCase } from "#lib/model/naming/kebabCase.ts";
import type { IdentityProvider } from "#lib/model/processTypes.ts";
import { guardedFetch } from "../../egress/guardedFetch.ts";
import type { Environment } from "../../host/Environment.ts";
import { ProviderClient } from "./ProviderClient.ts";

/** The providers of one release of one environment. */
export class ProviderClients {
  readonly #environment: Environment;
  readonly #clients = new Map<string, ProviderClient>();

  constructor(environment: Environment) {
    this.#environment = environment;
  }

  /** By its name in paths. Throws AppError where the app has no such provider. */
  named(segment: string): IdentityProvider {
    const { providers = [] } = this.#environment.app.model.app.auth ?? {};
    const provider = providers.find(({ name }) => kebabCase(name) === segment);
    if (!provider) throw new AppError("not_found", "The app has no such provider.");
    return provider;
  }

  client(provider: IdentityProvider): ProviderClient {
    const { spec } = this.#environment;
    const known = this.#clients.get(provider.name);
    if (known) return known;
    const secret = provider.clientSecret === undefined ? null : spec.secrets?.[provider.clientSecret];
    if (secret === undefined) {
      const sentence = `This environment has no secret ${provider.clientSecret}, by which the app is known to ${provider.name}.`;
      throw new AppError("unavailable", sentence);
    }
    const allow = spec.egress?.allow ?? [];
    const fetch = guardedFetch({ allow, timeoutSeconds: 10, maxBytes: 512 << 10 });
    const client = new ProviderClient({ provider, secret, fetch, allow });
    this.#clients.set(provider.name, client);
    return client;
  }
}

/** Where a provider sends people back to. */
export function callbackAddress(url: string, provider: IdentityProvider): string {
  return `${url}/auth/${kebabCase(provider.name)}/callback`;
}
