/** What a git client asks of the server, by the smart protocol; nothing else of a repository is served. */
export interface GitRequest {
  readonly organisationSlug: string;
  readonly projectSlug: string;
  readonly service: GitService;
  /** First the list of branches, then the exchange of objects. */
  readonly step: "advertise" | "exchange";
}

type GitService = "git-upload-pack" | "git-receive-pack";

const pattern = /^\/git\/([a-z0-9-]{1,63})\/([a-z0-9-]{1,63})\.git\/(info\/refs|git-upload-pack|git-receive-pack)$/;

/** Reads method and address; null for whatever is not exactly one of the protocol's requests. */
export function parseGitRequest(request: Request): GitRequest | null {
  const { pathname, searchParams } = new URL(request.url);
  const [, organisationSlug, projectSlug, endpoint] = pattern.exec(pathname) ?? [];
  if (!organisationSlug || !projectSlug || !endpoint) return null;
  if (endpoint === "info/refs") {
    const service = searchParams.get("service");
    if (request.method !== "GET" || !isService(service)) return null;
    return { organisationSlug, projectSlug, service, step: "advertise" };
  }
  if (request.method !== "POST" || !isService(endpoint)) return null;
  return { organisationSlug, projectSlug, service: endpoint, step: "exchange" };
}

function isService(text: string | null): text is GitService {
  return text === "git-upload-pack" || text === "git-receive-pack";
}
