import { lookup } from "node:dns/promises";
import { isIP } from "node:net";
import { AppError } from "#lib/errors/AppError.ts";
import { EgressRules } from "#lib/network/EgressRules.ts";
import { type GitDirectory, withSettings } from "./git/GitDirectory.ts";
import { GitError, runGit } from "./git/runGit.ts";

export interface Remote {
  /** `https://github.com/acme/crm.git` */
  readonly url: string;
  readonly branch: string;
  readonly user: string;
  /** Password or token. Secret. */
  readonly password: string;
}

export interface RemoteRules {
  /** Servers on this machine and its networks may be pushed to, also without TLS. */
  readonly allowPrivate: boolean;
}

/** A remote whose address was judged. */
export interface JudgedRemote extends Omit<Remote, "url"> {
  readonly url: URL;
  /** Of the server, as its name was resolved when it was judged: the one that is connected to. */
  readonly address: string;
}

/** Throws AppError for a remote that may not be pushed to. */
export async function judgeRemote({ url: text, ...remote }: Remote, rules: RemoteRules): Promise<JudgedRemote> {
  const url = readRemoteUrl(text, rules);
  return { ...remote, url, address: await allowedAddress(url, rules) };
}

/**
 * Pushes a commit to a branch of another Git server, which has to be new there or to go on to it. Throws AppError with
 * what the server said.
 */
export async function pushTo(directory: GitDirectory, commit: string, remote: JudgedRemote): Promise<void> {
  const { url, address } = remote;
  const port = url.port || (url.protocol === "https:" ? "443" : "80");
  const credentials = Buffer.from(`${remote.user}:${remote.password}`).toString("base64");
  const environment = withSettings(directory, [
    ["protocol.allow", "never"],
    [`protocol.${url.protocol.slice(0, -1)}.allow`, "always"],
    ["http.followRedirects", "false"],
    ["http.curloptResolve", `${bareHost(url)}:${port}:${address}`],
    ["http.extraHeader", `Authorization: Basic ${credentials}`],
    ["credential.helper", ""],
  ]);
  try {
    const push = ["push", "--quiet", "--porcelain", url.href, `${commit}:refs/heads/${remote.branch}`];
    await runGit({ path: directory.path, environment }, push, { timeout: 300_000 });
  } catch (error) {
    if (!(error instanceof GitError)) throw error;
    throw new AppError("conflict", refusedBy(url, error), { cause: error });
  }
}

/** Throws AppError for what is no address of a Git server that may be pushed to. */
function readRemoteUrl(text: string, { allowPrivate }: RemoteRules): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  const isWeb = url?.protocol === "https:" || (url?.protocol === "http:" && allowPrivate);
  if (url && isWeb && url.username === "" && url.password === "") return url;
  throw wrong("Give an address such as https://github.com/acme/app.git, without a user or password in it.");
}

async function allowedAddress(url: URL, { allowPrivate }: RemoteRules): Promise<string> {
  const host = bareHost(url);
  const found = isIP(host) !== 0 ? [host] : await resolved(host);
  const rules = new EgressRules([], new Set());
  const port = Number(url.port || (url.protocol === "https:" ? 443 : 80));
  const allowed = found.find((address) => allowPrivate || rules.allows({ host, port, address }, { anyPort: true }));
  if (allowed !== undefined) return isIP(allowed) === 6 ? `[${allowed}]` : allowed;
  throw wrong(`${url.host} is not on the open internet. Download the app, and push it from where that can be reached.`);
}

async function resolved(host: string): Promise<readonly string[]> {
  try {
    return (await lookup(host, { all: true })).map(({ address }) => address);
  } catch (cause) {
    throw new AppError("unavailable", `There is no server called ${host}, or it cannot be found now.`, { cause });
  }
}

function bareHost({ hostname }: URL): string {
  return hostname.replace(/^\[|\]$/g, "");
}

/** What Git said, without what is only of this machine. */
function refusedBy(url: URL, { stderr, reason }: GitError): string {
  if (reason === "timeout") return `${url.host} took too long. Try again, or download the app and push it yourself.`;
  if (/Authentication failed|could not read Username|403|401/.test(stderr)) {
    return `${url.host} did not take the user and token. Check that the token may write to this repository.`;
  }
  if (/fetch first|non-fast-forward|stale info|rejected/.test(stderr)) {
    return `${url.host} refused the push: that branch has commits of its own. Give another branch, or an empty repository.`;
  }
  if (/not found|does not exist|404/i.test(stderr)) return `${url.host} has no such repository for this user.`;
  const told = [...stderr.matchAll(/^remote: (.*\S)\s*$/gm)].map(([, line = ""]) => line);
  if (told.length > 0) return `${url.host} refused the push: ${told.join(" ").slice(0, 500)}`;
  return `${url.host} did not take the push. Check the address, the user and the token.`;
}

function wrong(message: string): AppError {
  return new AppError("invalid_input", message, { fields: [{ field: "url", rule: "pattern", message }] });
}
