import { branch, organisation, project, type Route, routesOf } from "../Route.ts";

const tests = `${branch}/tests` as const;

export const projectRoutes: readonly Route[] = [
  ...routesOf("Projects", [
    [`GET ${organisation}/projects`, "projects.list", "listProjects", "List an organisation's projects"],
    [
      `POST ${organisation}/projects`,
      "projects.create",
      "createProject",
      "Make a project",
      {
        status: 201,
        location: `${organisation}/projects/{slug}`,
        omit: ["requestId"],
        example: { name: "Sales", from: { kind: "template", template: "crm" } },
      },
    ],
    [`GET ${project}`, "projects.get", "getProject", "Get a project"],
    [`PATCH ${project}`, "projects.rename", "renameProject", "Rename a project", { example: { name: "Sales" } }],
    [
      `DELETE ${project}`,
      "projects.delete",
      "deleteProject",
      "Delete a project with all its rows, for good",
      {
        status: 204,
        example: { confirm: "Sales" },
      },
    ],
    [`GET ${project}/import`, "imports.get", "getImport", "Follow the import that a project is made from"],
    [`GET ${project}/repository`, "repository.cloneUrl", "getRepository", "Get the address that git clones from"],
    [
      `GET ${branch}/commits`,
      "repository.history",
      "listCommits",
      "List the commits of a branch, newest first",
      {
        page: { query: "before", field: "commit", size: { query: "limit", otherwise: 50 } },
      },
    ],
    [`GET ${project}/commits/{commit}`, "repository.changes", "getCommit", "Say what a commit changed"],
    [
      `POST ${project}/ejections`,
      "eject.push",
      "ejectProject",
      "Push the app as a program of its own to another Git server",
      {
        example: { url: "https://git.example.com/acme/crm.git", password: "a token of that server" },
      },
    ],
  ]),
  ...routesOf("Models", [
    [`GET ${branch}/model`, "model.get", "getModel", "Get the sources of a branch"],
    [`GET ${branch}/head`, "model.head", "getHead", "Say where a branch stands and who moved it"],
    [
      `POST ${branch}/commits`,
      "model.save",
      "commitFiles",
      "Commit changed files to a branch",
      {
        example: {
          base: "0123456789abcdef0123456789abcdef01234567",
          files: { "domain/note.ts": "…" },
          message: "Add notes",
        },
      },
    ],
    [
      `POST ${project}/indexes`,
      "slow.addIndex",
      "addIndex",
      "Commit an index to the model",
      {
        example: { resource: "Deal", fields: [{ name: "stage", descending: false }] },
      },
    ],
    [`GET ${tests}`, "tests.get", "listTests", "List the tests of a branch and how they last ran"],
    [`PUT ${tests}/{file}/{name}`, "tests.save", "saveTest", "Commit a test"],
    [`DELETE ${tests}/{file}/{name}`, "tests.remove", "removeTest", "Remove a test"],
    [`POST ${branch}/test-runs`, "gate.run", "runTests", "Run the tests of a branch and wait for how they end"],
    [`GET ${branch}/test-proposals`, "tests.proposals", "listTestProposals", "List the tests that the model suggests"],
    [
      `POST ${branch}/test-proposals/accept`,
      "tests.accept",
      "acceptTestProposals",
      "Commit proposed tests as they are",
      {
        example: { ids: ["1k3v9q"] },
      },
    ],
    [`GET ${branch}/test-coverage`, "tests.coverage", "getTestCoverage", "Say what the tests would not notice"],
  ]),
];
