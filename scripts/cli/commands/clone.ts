import type { Context } from "../Context.ts";
import { signedIn } from "../instance/Instance.ts";
import { cloneProject } from "../project/cloneProject.ts";
import { readName } from "../project/Place.ts";

export async function clone({ terminal, place }: Context, name: string, folder: string | undefined): Promise<void> {
  const { url, api } = await signedIn(place.url);
  const scope = readName(name);
  await api.projects.get.query(scope);
  const path = await cloneProject({ url, ...scope }, folder ?? scope.project);
  terminal.print(`Cloned ${name} to ${path}.`);
  terminal.result({ ...scope, url, folder: path });
}
