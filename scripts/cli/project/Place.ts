import { CliFailure } from "../CliFailure.ts";
import { exitCodes } from "../exitCodes.ts";
import { type Instance, signedIn } from "../instance/Instance.ts";
import { tryGit } from "./runGit.ts";

/** A project of an installation, as its addresses name it. */
export interface Place {
  readonly url: string;
  readonly organisation: string;
  readonly project: string;
}

/** `https://gantry.example.com/git/acme/crm.git` -> acme's crm there; null for every other remote. */
export function placeOfRemote(remote: string): Place | null {
  if (!URL.canParse(remote)) return null;
  const { protocol, origin, pathname } = new URL(remote);
  const [, base = "", organisation, project] = /^(.*)\/git\/([^/]+)\/([^/]+?)(?:\.git)?\/?$/.exec(pathname) ?? [];
  if (!/^https?:$/.test(protocol) || organisation === undefined || project === undefined) return null;
  return { url: `${origin}${base}`, organisation, project };
}

/** Of the clone one stands in: by the remote `gantry`, else `origin`, else any that is one of Gantry. */
export async function placeHere(folder = process.cwd()): Promise<Place | null> {
  const { code, output } = await tryGit(["config", "--get-regexp", "^remote\\..*\\.url$"], { folder });
  if (code !== 0) return null;
  const remotes = output.split("\n").flatMap((line) => {
    const [, name, url] = /^remote\.(.+)\.url (.+)$/.exec(line) ?? [];
    const place = url === undefined ? null : placeOfRemote(url);
    return place && name !== undefined ? [{ name, place }] : [];
  });
  const named = (wanted: string) => remotes.find(({ name }) => name === wanted);
  return (named("gantry") ?? named("origin") ?? remotes[0])?.place ?? null;
}

/** What commands say about where they are meant. */
export interface PlaceOptions {
  readonly url?: string | undefined;
  /** `acme/crm` */
  readonly project?: string | undefined;
}

export interface Reached {
  readonly instance: Instance;
  /** Names the project to every procedure. */
  readonly scope: { readonly organisation: string; readonly project: string };
}

/** The project that is meant, and its installation as whoever is signed in. */
export async function reachProject({ url, project }: PlaceOptions): Promise<Reached> {
  const named = project === undefined ? null : readName(project);
  const here = named && url ? null : await placeHere();
  const scope = named ?? here;
  if (!scope) {
    throw new CliFailure("This folder is no clone of a project. Go to one, or say --project organisation/name.", {
      exit: exitCodes.usage,
      code: "no_project",
    });
  }
  const { organisation, project: name } = scope;
  return { instance: await signedIn(url, here?.url ?? null), scope: { organisation, project: name } };
}

export function readName(text: string): { readonly organisation: string; readonly project: string } {
  const [organisation, project, ...rest] = text.split("/");
  if (organisation && project && rest.length === 0) return { organisation, project };
  throw new CliFailure(`"${text}" names no project. Write it as organisation/name.`, {
    exit: exitCodes.usage,
    code: "usage",
  });
}
