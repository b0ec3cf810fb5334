/** A client of a deployed app: what an app's own users would write. */
export class AppClient {
  readonly #url: string;
  readonly #headers: Record<string, string>;

  constructor(url: string, key: string) {
    this.#url = url;
    this.#headers = { authorization: `Bearer ${key}` };
  }

  /** Answers status and body of a REST request below `/rest/v1`. */
  async rest(path: string, init: RequestInit = {}) {
    const response = await fetch(`${this.#url}/rest/v1${path}`, {
      ...init,
      headers: { ...this.#headers, "content-type": "application/json", ...init.headers },
    });
    const text = await response.text();
    return { status: response.status, body: text === "" ? null : JSON.parse(text) };
  }

  /** The data of a GraphQL operation; throws the errors. */
  async graphql(query: string, variables: Record<string, unknown> = {}) {
    const response = await fetch(`${this.#url}/graphql`, {
      method: "POST",
      headers: { ...this.#headers, "content-type": "application/json" },
      body: JSON.stringify({ query, variables }),
    });
    const answer = await response.json();
    if (answer.errors) throw new Error(JSON.stringify(answer.errors));
    return answer.data;
  }

  async openapi() {
    const response = await fetch(`${this.#url}/openapi.json`, { headers: this.#headers });
    return { status: response.status, body: await response.json() };
  }
}
