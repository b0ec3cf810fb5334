import { randomBytes } from "node:crypto";
import { basename } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { templates } from "../../templates/catalogue.ts";
import { Failure } from "../Failure.ts";
import { Visitor } from "./Visitor.ts";

export type Start =
  | { readonly kind: "template"; readonly template: "crm" | "inventory" | "hr" }
  | { readonly kind: "dump"; readonly file: string };

/** All that one needs to go on by hand. */
export interface DemoResult {
  readonly web: string;
  readonly email: string;
  readonly password: string;
  readonly organisation: string;
  readonly project: string;
  readonly rest: string;
  readonly graphql: string;
  readonly openapi: string;
  readonly apiKey: string;
  readonly git: string;
}

interface Story {
  readonly web: string;
  readonly start: Start;
  readonly say: (sentence: string) => void;
}

/** Signs up, makes a project with its rows, deploys it, and waits until it answers. */
export async function playStory({ web, start, say }: Story): Promise<DemoResult> {
  const visitor = new Visitor(web);
  const email = `demo-${randomBytes(4).toString("hex")}@example.com`;
  const password = randomBytes(12).toString("base64url");
  await visitor.api.accounts.signUp.mutate({ email, name: "Demo", password });
  await visitor.signIn(email, password);
  say(`Signed up as ${email}.`);

  const [home] = await visitor.api.organisations.list.query();
  if (!home) throw new Failure("The new account has no organisation.");
  const organisation = home.slug;
  const { slug: project } = await visitor.api.projects.create.mutate({
    organisation,
    name: start.kind === "dump" ? nameOf(start.file) : titleOf(start.template),
    from:
      start.kind === "dump"
        ? {
            kind: "import",
            import: { source: "dump", uploadId: await visitor.upload(start.file) },
            withRows: true,
          }
        : { kind: "template", template: start.template },
  });
  const scope = { organisation, project };
  if (start.kind === "dump") await imported(visitor, scope, say);
  say(`Made the project ${project}.`);

  const { apiKey } = await visitor.api.deployments.keys.create.mutate({ ...scope, name: "demo" });
  const { id } = await visitor.api.deployments.request.mutate(scope);
  await deployed(visitor, { ...scope, id }, say);
  const { url } = await visitor.api.deployments.environment.query(scope);
  const { url: git } = await visitor.api.repository.cloneUrl.query(scope);
  return {
    web,
    email,
    password,
    organisation,
    project,
    rest: `${url}/rest/v1`,
    graphql: `${url}/graphql`,
    openapi: `${url}/openapi.json`,
    apiKey,
    git,
  };
}

interface Scope {
  readonly organisation: string;
  readonly project: string;
}

const between = 250;

async function imported(visitor: Visitor, scope: Scope, say: (sentence: string) => void): Promise<void> {
  for (let step = ""; ; await delay(between)) {
    const status = await visitor.api.imports.get.query(scope);
    if (status.state === "failed") throw new Failure(status.failure?.message ?? "The dump could not be imported.");
    if (status.state === "done") return;
    if (status.step && status.step !== step) say(`Import: ${status.step}.`);
    step = status.step ?? step;
  }
}

async function deployed(
  visitor: Visitor,
  deployment: Scope & { readonly id: string },
  say: (sentence: string) => void,
): Promise<void> {
  const told = new Set<string>();
  for (;;) {
    const { state, failure, steps } = await visitor.api.deployments.get.query(deployment);
    for (const step of steps) {
      if (step.state !== "done" || told.has(step.name)) continue;
      told.add(step.name);
      say(`Deploy: ${step.name}${step.detail ? `, ${step.detail}` : ""}`);
    }
    if (state === "live") return;
    if (state === "failed") throw new Failure(`The deploy failed at ${failure?.step}: ${failure?.message}`);
    await delay(between);
  }
}

function nameOf(file: string): string {
  const name = basename(file).replace(/\.(sql|gz|dump|txt)+$/i, "");
  return (name.charAt(0).toUpperCase() + name.slice(1)).slice(0, 60) || "Imported";
}

function titleOf(template: string): string {
  return templates.find(({ id }) => id === template)?.title ?? template;
}
