/**
 * The walls of the house (docs/ARCHITECTURE.md). Each rule is proven by a fixture in tests/walls that breaks it.
 * `root` is where the layout starts: empty for the project, the fixture's folder in the proof.
 */
const root = process.env.WALLS_ROOT ?? "";
const at = (path) => `^${root}${path}`;

export default {
  forbidden: [
    {
      name: "lib-is-pure",
      comment:
        "lib runs in the browser, the control plane and the runtime alike: it imports nothing of ours outside lib.",
      severity: "error",
      from: { path: at("lib/"), pathNot: "\\.test\\.ts$|/testing/" },
      to: { path: at("(app|components|server|db|tests|scripts|templates)/") },
    },
    {
      name: "lib-has-no-io",
      comment: "No Node built-ins in lib: no files, no network, no environment.",
      severity: "error",
      from: { path: at("lib/"), pathNot: "\\.test\\.ts$|/testing/" },
      to: { dependencyTypes: ["core"] },
    },
    {
      name: "lib-errors-first",
      comment: "errors is the bottom of lib.",
      severity: "error",
      from: { path: at("lib/errors/"), pathNot: "\\.test\\.ts$" },
      to: { path: at("lib/"), pathNot: at("lib/errors/") },
    },
    {
      name: "lib-expression-below-model",
      comment: "errors <- expression <- model <- plan.",
      severity: "error",
      from: { path: at("lib/expression/"), pathNot: "\\.test\\.ts$" },
      to: { path: at("lib/(model|plan|sql|compile|codegen|vetting)/") },
    },
    {
      name: "lib-model-below-plan",
      comment: "The model knows nothing of plans, SQL or generated code.",
      severity: "error",
      from: { path: at("lib/model/"), pathNot: "\\.test\\.ts$" },
      to: { path: at("lib/(plan|sql|compile|codegen|vetting)/") },
    },
    {
      name: "lib-plan-below-compile",
      comment: "Plans are neutral to protocols and to SQL.",
      severity: "error",
      from: { path: at("lib/plan/"), pathNot: "\\.test\\.ts$" },
      to: { path: at("lib/(sql|compile|codegen|vetting)/") },
    },
    {
      name: "lib-impact-on-top",
      comment: "What a change means is told from outside: nothing that makes or runs an app leans on it.",
      severity: "error",
      from: { path: at("(lib|server/runtime)/"), pathNot: [at("lib/impact/"), "\\.test\\.ts$"] },
      to: { path: at("lib/impact/") },
    },
    {
      name: "lib-sql-is-a-leaf",
      comment: "The SQL tree imports errors only.",
      severity: "error",
      from: { path: at("lib/sql/"), pathNot: "\\.test\\.ts$" },
      to: { path: at("lib/"), pathNot: at("lib/(sql|errors)/") },
    },
    {
      name: "runtime-knows-only-lib",
      comment: "The runtime is a program of its own: of ours it imports lib and nothing else.",
      severity: "error",
      from: { path: at("server/runtime/"), pathNot: "\\.test\\.ts$|/testing/" },
      to: { path: at("(app|components|server|db|tests|scripts|templates)/"), pathNot: at("server/runtime/") },
    },
    {
      name: "nobody-imports-the-runtime",
      comment: "What passes between the control plane and the runtime is the compiled snapshot and HTTP.",
      severity: "error",
      from: {
        path: at("(app|components|server|db|lib)/"),
        pathNot: [at("server/runtime/"), "\\.test\\.ts$", "/testing/"],
      },
      to: { path: at("server/runtime/") },
    },
    {
      name: "protocols-plan-only",
      comment: "rest and graphql turn a protocol into a plan; SQL and compilation are not theirs.",
      severity: "error",
      from: { path: at("server/runtime/(rest|graphql)/"), pathNot: "\\.test\\.ts$|/testing/" },
      to: { path: at("(lib/(sql|compile)/|server/runtime/exec/)") },
    },
    {
      name: "protocols-apart",
      comment: "rest and graphql do not import each other.",
      severity: "error",
      from: { path: at("server/runtime/(rest|graphql)/"), pathNot: "\\.test\\.ts$|/testing/" },
      to: { path: at("server/runtime/(rest|graphql)/"), pathNot: at("server/runtime/$1/") },
    },
    {
      name: "runtime-exec-alone-talks-to-postgresql",
      comment: "In the runtime only exec opens connections; types open none.",
      severity: "error",
      from: { path: at("server/runtime/"), pathNot: [at("server/runtime/exec/"), "\\.test\\.ts$", "/testing/"] },
      to: { path: "(^|/)node_modules/(postgres|pg)/", dependencyTypesNot: ["type-only"] },
    },
    {
      name: "features-meet-at-their-service",
      comment:
        "A feature reaches another only through that feature's service.ts (its router and jobs are mounted by trpc and jobs).",
      severity: "error",
      from: { path: at("server/features/([^/]+)/"), pathNot: "\\.test\\.ts$|/testing/" },
      to: {
        path: at("server/features/[^/]+/"),
        pathNot: [at("server/features/$1/"), at("server/features/[^/]+/service\\.ts$")],
      },
    },
    {
      name: "components-know-no-server",
      comment: "Components import no server or db code; the root router's type is the one exception.",
      severity: "error",
      from: { path: at("components/"), pathNot: "\\.test\\.tsx?$" },
      to: { path: at("(server|db)/"), dependencyTypesNot: ["type-only"] },
    },
    {
      name: "components-take-the-router-type-only",
      comment: "Even as a type, only the root router is taken.",
      severity: "error",
      from: { path: at("components/"), pathNot: "\\.test\\.tsx?$" },
      to: { path: at("(server|db)/"), pathNot: at("server/trpc/root\\.ts$") },
    },
    {
      name: "primitives-know-nothing",
      comment: "components/ui knows nothing of Gantry.",
      severity: "error",
      from: { path: at("components/ui/") },
      to: { path: at("(lib|server|db|app|components/(builder|features|shell|trpc))/") },
    },
    {
      name: "builder-saves-through-callbacks",
      comment: "The builder knows no API: it is given sources and callbacks.",
      severity: "error",
      from: { path: at("components/builder/"), pathNot: "\\.test\\.tsx?$" },
      to: { path: at("(server|db|app|components/(features|shell|trpc))/") },
    },
    {
      name: "drivers-know-no-features",
      comment: "Deploy drivers are given a desired state; they know neither the database nor the features.",
      severity: "error",
      from: { path: at("server/deploy/"), pathNot: "\\.test\\.ts$|/testing/" },
      to: { path: at("(db|server/features|app|components)/") },
    },
    {
      name: "no-cycles",
      comment: "A circle of imports means that two files are one thought cut in the wrong place.",
      severity: "error",
      from: { path: at("(app|components|server|db|lib)/") },
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    },
    {
      name: "nothing-imports-tests",
      comment: "The product does not lean on its tests.",
      severity: "error",
      from: { path: at("(app|components|server|db|lib|scripts)/"), pathNot: "\\.test\\.tsx?$|/testing/" },
      to: { path: [at("tests/"), "\\.test\\.tsx?$"] },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "(^|/)(\\.next|\\.gantry)/" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      extensions: [".ts", ".tsx", ".mjs", ".js", ".json"],
      conditionNames: ["import", "node", "default", "types"],
    },
  },
};
