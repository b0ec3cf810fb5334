/** What a request asks of an app. Its names are of the model, never of a request, so that there are few. */
export interface Operation {
  /** `rest`, `graphql`, `processes`, `hooks`, `auth` and so on. */
  readonly protocol: string;
  /** The resource, process or hook. */
  readonly resource: string | null;
  /** The action of a resource. */
  readonly action: string | null;
}

/** The operations of one app, each an object of its own that figures are kept by. */
export class Operations {
  readonly #known = new Map<string, Map<string | null, Map<string | null, Operation>>>();

  of(protocol: string, resource: string | null = null, action: string | null = null): Operation {
    let resources = this.#known.get(protocol);
    if (!resources) {
      resources = new Map();
      this.#known.set(protocol, resources);
    }
    let actions = resources.get(resource);
    if (!actions) {
      actions = new Map();
      resources.set(resource, actions);
    }
    let operation = actions.get(action);
    if (!operation) {
      operation = { protocol, resource, action };
      actions.set(action, operation);
    }
    return operation;
  }
}

/** `rest Deal update`, `hooks PaymentReceived`, `auth` */
export function nameOf({ protocol, resource, action }: Operation): string {
  return [protocol, resource, action].filter((part) => part !== null).join(" ");
}
