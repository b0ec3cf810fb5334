import { branch, environment, project, type Route, routesOf } from "../Route.ts";

const deployment = `${environment}/deployments/{deployment}` as const;
const rollout = `${environment}/rollouts/{rollout}` as const;
const byId = { names: { deployment: "id" } } as const;

export const releaseRoutes: readonly Route[] = [
  ...routesOf("Branches", [
    [`GET ${project}/branches`, "branches.list", "listBranches", "List the branches and where each goes"],
    [
      `POST ${project}/branches`,
      "branches.create",
      "createBranch",
      "Begin a branch",
      {
        status: 201,
        location: `${project}/branches/{name}/head`,
        example: { name: "new-pricing", from: "main" },
      },
    ],
    [
      `DELETE ${branch}`,
      "branches.delete",
      "deleteBranch",
      "Delete a branch with its preview",
      {
        status: 204,
        names: { branch: "name" },
        example: { at: "0123456789abcdef0123456789abcdef01234567" },
      },
    ],
    [
      `GET ${project}/comparison`,
      "branches.compare",
      "compareBranches",
      "Say what a merge would bring",
      {
        omit: ["resolutions"],
        example: { from: "new-pricing", into: "main" },
      },
    ],
    [
      `GET ${project}/impact`,
      "impact.ofMerge",
      "getMergeImpact",
      "Say what a merge means for callers and permissions",
      {
        example: { from: "new-pricing", into: "main" },
      },
    ],
    [
      `POST ${project}/merges`,
      "branches.merge",
      "mergeBranches",
      "Merge a branch, or tell the conflicts that are undecided",
      {
        example: {
          from: "new-pricing",
          into: "main",
          commits: {
            from: "0123456789abcdef0123456789abcdef01234567",
            into: "89abcdef0123456789abcdef0123456789abcdef",
          },
        },
      },
    ],
    [
      `POST ${branch}/deployments`,
      "branches.deploy",
      "deployBranch",
      "Deploy a branch to where its rule says",
      {
        status: 202,
        location: `${project}/environments/{environment}/deployments/{id}`,
      },
    ],
    [`GET ${project}/branch-rules`, "branches.rules.list", "getBranchRules", "Get the rules of where branches go"],
    [`PUT ${project}/branch-rules`, "branches.rules.save", "saveBranchRules", "Replace the rules of where branches go"],
  ]),
  ...routesOf("Environments", [
    [
      `GET ${project}/environments`,
      "deployments.environments",
      "listEnvironments",
      "List the environments and what serves in each",
    ],
    [
      `POST ${project}/environments`,
      "branches.environments.create",
      "createEnvironment",
      "Make a lasting environment",
      {
        status: 201,
        location: `${project}/environments/{name}`,
        example: { name: "staging", branch: "main" },
      },
    ],
    [`GET ${environment}`, "deployments.environment", "getEnvironment", "Get an environment"],
    [
      `DELETE ${environment}`,
      "branches.environments.remove",
      "removeEnvironment",
      "Remove an environment with its rows, for good",
      {
        status: 202,
        example: { confirm: "staging" },
      },
    ],
    [`PUT ${environment}/strategy`, "deployments.setStrategy", "setStrategy", "Say how releases are brought here"],
    [
      `GET ${environment}/retired`,
      "deployments.contractPlan",
      "listRetired",
      "List what the database keeps although no release has it",
    ],
    [
      `DELETE ${environment}/retired/{name}`,
      "deployments.contract",
      "deleteRetired",
      "Delete a retired part with its values, for good",
      {
        example: { confirm: "deals.note" },
      },
    ],
    [
      `POST ${environment}/encryption-key/rotate`,
      "deployments.rotateEncryption",
      "rotateEncryption",
      "Seal the encrypted values with a new key",
    ],
  ]),
  ...routesOf("Deployments", [
    [`GET ${environment}/plan`, "deployments.preview", "planDeployment", "Say what a deploy would change now"],
    [
      `GET ${environment}/impact`,
      "impact.ofDeploy",
      "getDeployImpact",
      "Say what a deploy means for callers and permissions",
    ],
    [
      `GET ${environment}/access-changes`,
      "impact.accessRows",
      "countAccessChanges",
      "Count the rows that people may read before and after a deploy",
    ],
    [`GET ${environment}/deployments`, "deployments.list", "listDeployments", "List what was deployed, newest first"],
    [
      `POST ${environment}/deployments`,
      "deployments.request",
      "createDeployment",
      "Deploy a commit, by default the newest",
      {
        status: 202,
        location: `${environment}/deployments/{id}`,
        omit: ["trigger"],
        fixed: { trigger: "cli" },
        example: { commit: "0123456789abcdef0123456789abcdef01234567" },
      },
    ],
    [`GET ${deployment}`, "deployments.get", "getDeployment", "Get a deployment with its steps and tests", byId],
    [`GET ${deployment}/changes`, "deployments.changes", "getDeploymentChanges", "Say what a deployment changes", byId],
    [
      `POST ${deployment}/approve`,
      "deployments.approve",
      "approveDeployment",
      "Let a deployment go on that waits for approval",
      byId,
    ],
    [
      `POST ${deployment}/reject`,
      "deployments.reject",
      "rejectDeployment",
      "End a deployment that waits for approval",
      byId,
    ],
    [
      `GET ${deployment}/rollout`,
      "deployments.rollout.get",
      "getRollout",
      "Get the roll-out of a deployment and its figures",
      byId,
    ],
    [
      `POST ${rollout}/promote`,
      "deployments.rollout.promote",
      "promoteRollout",
      "Give the release that is tried all requests",
    ],
    [
      `POST ${rollout}/roll-back`,
      "deployments.rollout.rollBack",
      "rollBackRollout",
      "Take the release that is tried off all requests",
    ],
    [`POST ${rollout}/hold`, "deployments.rollout.hold", "holdRollout", "Keep a canary at its share"],
    [
      `GET ${environment}/releases/{release}/rollback`,
      "deployments.previewRollback",
      "planRollback",
      "Say what going back to a release would change",
    ],
    [
      `POST ${environment}/releases/{release}/rollback`,
      "deployments.rollback",
      "rollBack",
      "Let an earlier release serve again, at once",
    ],
  ]),
];
