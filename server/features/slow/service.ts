import { AppError } from "#lib/errors/AppError.ts";
import { applyCommand } from "#lib/model/commands/applyCommand.ts";
import { knownIndexes } from "#lib/model/indexes/knownIndexes.ts";
import { readModel } from "#lib/model/read/readModel.ts";
import type { Index } from "#lib/model/types.ts";
import type { SessionUser } from "../../access/Principal.ts";
import type { Connection } from "../../database.ts";
import { configuredDriver } from "../../deploy/configuredDriver.ts";
import type { SlowReport } from "../../deploy/SlowReport.ts";
import type { Environment } from "../environments/service.ts";
import { messageFor } from "../model/service.ts";
import { type Project, touchProject } from "../projects/service.ts";
import { commitFiles, readFiles, tellMoved } from "../repository/service.ts";

const branch = "main";

/** What was slow in the release that serves; null while none does. */
export async function slowStatements(environment: Environment): Promise<SlowReport | null> {
  if (environment.release === null) return null;
  return await configuredDriver().slowStatements(environment.id);
}

/** How PostgreSQL runs a slow statement. Of each index that would serve it is told whether the model has it by now. */
export async function explainSlowStatement(projectId: string, environment: Environment, id: string) {
  const explanation = await configuredDriver().explainSlow(environment.id, id);
  if (!explanation) throw new AppError("not_found", "This statement was not slow since the release was deployed.");
  const { draft } = readModel((await readFiles(projectId, branch)).files);
  const proposals = explanation.proposals.map(({ resource, index }) => {
    const found = draft.resources.find(({ name }) => name === resource);
    const isThere = found && knownIndexes(found).some((known) => sameFields(known, index.fields));
    return {
      resource,
      index,
      state: found ? (isThere ? ("waiting" as const) : ("missing" as const)) : ("gone" as const),
    };
  });
  return { ...explanation, proposals };
}

interface NewIndex extends Index {
  readonly project: Project;
  readonly user: SessionUser;
  readonly resource: string;
}

/** Adds an index to the model as it now is. Called again it changes nothing. */
export async function addIndex(db: Connection, { project, user, resource, fields }: NewIndex) {
  const { commit: base, files } = await readFiles(project.id, branch);
  const found = readModel(files).draft.resources.find(({ name }) => name === resource);
  if (!found) throw new AppError("not_found", `The model has no resource ${resource} any more.`);
  if (knownIndexes(found).some((known) => sameFields(known, fields))) return { commit: base };
  const indexes = [...found.indexes, { fields }];
  const after = applyCommand(files, { type: "setResource", resource, indexes });
  const author = { name: user.name, email: user.email };
  const message = messageFor(files, after);
  const { commit } = await commitFiles({ projectId: project.id, branch, base, files: after, author, message });
  await touchProject(db, project.id);
  void tellMoved([{ projectId: project.id, branch, from: base, to: commit, trigger: "save", userId: user.id }]);
  return { commit };
}

function sameFields(one: Index["fields"], other: Index["fields"]): boolean {
  return (
    one.length === other.length &&
    one.every(({ name, descending }, at) => name === other[at]?.name && descending === other[at].descending)
  );
}
