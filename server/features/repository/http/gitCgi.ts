import { basename, dirname } from "node:path";
import { type GitDirectory, withSettings } from "../git/GitDirectory.ts";
import type { GitRequest } from "./GitRequest.ts";
import type { PushHook } from "./pushHook.ts";

/** Of one push, compressed as Git sends it. In MiB. */
export const maxPack = 100;

const settings = [
  ["http.uploadpack", "true"],
  ["http.receivepack", "true"],
  ["http.getanyfile", "false"],
  ["receive.fsckObjects", "true"],
  ["receive.maxInputSize", `${maxPack}m`],
  ["receive.denyDeletes", "false"],
  ["receive.denyNonFastForwards", "false"],
  ["uploadpack.allowFilter", "true"],
] as const;

/** The environment in which `git http-backend` answers a request on a repository (RFC 3875 and git-http-backend(1)). */
export function gitCgiEnvironment(
  directory: GitDirectory,
  { asked, headers, userId, hook }: { asked: GitRequest; headers: Headers; userId: string; hook: PushHook },
): Readonly<Record<string, string>> {
  const { GIT_DIR: _, ...environment } = withSettings(directory, [...settings, ["core.hooksPath", hook.folder]]);
  const protocol = headers.get("git-protocol") ?? "";
  const advertising = asked.step === "advertise";
  return {
    ...environment,
    ...hook.environment,
    GATEWAY_INTERFACE: "CGI/1.1",
    SERVER_PROTOCOL: "HTTP/1.1",
    GIT_PROJECT_ROOT: dirname(directory.path),
    GIT_HTTP_EXPORT_ALL: "1",
    PATH_INFO: `/${basename(directory.path)}/${advertising ? "info/refs" : asked.service}`,
    REQUEST_METHOD: advertising ? "GET" : "POST",
    QUERY_STRING: advertising ? `service=${asked.service}` : "",
    CONTENT_TYPE: headers.get("content-type") ?? "",
    REMOTE_USER: userId,
    REMOTE_ADDR: "",
    ...(/^[a-z0-9=:.-]{1,100}$/.test(protocol) && { GIT_PROTOCOL: protocol }),
  };
}
