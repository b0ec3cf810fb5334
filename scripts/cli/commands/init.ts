import { CliFailure } from "../CliFailure.ts";
import type { Context } from "../Context.ts";
import { exitCodes } from "../exitCodes.ts";
import { type Instance, signedIn } from "../instance/Instance.ts";
import { cloneProject } from "../project/cloneProject.ts";
import { Progress } from "../terminal/Progress.ts";

const templates = ["crm", "inventory", "hr"] as const;

export interface InitOptions {
  readonly organisation?: string;
  /** `blank` or one of the templates. */
  readonly template: string;
  readonly folder?: string;
}

/** Makes a project and clones it. */
export async function init({ terminal, place }: Context, name: string, options: InitOptions): Promise<void> {
  const instance = await signedIn(place.url);
  const from = startingPoint(options.template);
  const organisation = options.organisation ?? (await onlyOrganisation(instance));
  using progress = new Progress(terminal);
  progress.say(`Making ${name} in ${organisation} …`);
  // Should the answer be lost and the command repeated by hand, a second project is what was asked for.
  const made = await instance.api.projects.create.mutate({ organisation, name, from, requestId: crypto.randomUUID() });
  progress.say("Cloning …");
  const scope = { organisation, project: made.slug };
  const folder = await cloneProject({ url: instance.url, ...scope }, options.folder ?? made.slug);
  progress[Symbol.dispose]();
  terminal.print(`${made.name} is in ${folder}.\nChange its files, then: gantry push, and gantry deploy.`);
  terminal.result({ ...scope, url: instance.url, folder });
}

function startingPoint(template: string) {
  if (template === "blank") return { kind: "blank" } as const;
  const known = templates.find((each) => each === template);
  if (known) return { kind: "template", template: known } as const;
  const message = `There is no template "${template}". Choose one of blank, ${templates.join(", ")}.`;
  throw new CliFailure(message, { exit: exitCodes.usage, code: "usage" });
}

async function onlyOrganisation({ api }: Instance): Promise<string> {
  const organisations = await api.organisations.list.query();
  const [first, ...others] = organisations;
  if (first && others.length === 0) return first.slug;
  throw new CliFailure(`Say which organisation: --organisation ${organisations.map(({ slug }) => slug).join(" | ")}`, {
    exit: exitCodes.usage,
    code: "usage",
  });
}
