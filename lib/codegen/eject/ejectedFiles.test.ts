import { expect, test } from "vitest";
import { parseAllDocuments } from "yaml";
import { salesModel } from "../../compile/testing/salesModel.ts";
import { openApiDocument } from "../openapi/openApiDocument.ts";
import { ejectedFiles } from "./ejectedFiles.ts";
import { routesOf } from "./routesOf.ts";

const own = { name: "sales", release: 3, dependencies: {}, devDependencies: {}, optionalDependencies: {} };
const files = ejectedFiles(salesModel, own);

test("every file that is read as YAML is YAML, and Kubernetes' say what they are", () => {
  const read = Object.entries(files).filter(([path]) => /\.ya?ml$/.test(path));
  expect(read.length).toBeGreaterThan(4);
  for (const [path, text] of read) {
    for (const document of parseAllDocuments(text)) {
      expect([path, document.errors]).toEqual([path, []]);
      if (!path.startsWith("kubernetes/")) continue;
      expect(document.toJS()).toMatchObject({ apiVersion: expect.any(String), kind: expect.any(String) });
    }
  }
});

test("what selects the pods of the deployment is what they are labelled with", () => {
  const [deployment, service] = ["deployment", "service"].map((name) =>
    parseAllDocuments(files[`kubernetes/${name}.yaml`] ?? "")[0]?.toJS(),
  );
  const { labels } = deployment.spec.template.metadata;
  expect(labels).toMatchObject(deployment.spec.selector.matchLabels);
  expect(labels).toMatchObject(service.spec.selector);
  const [port] = service.spec.ports;
  expect(deployment.spec.template.spec.containers[0].ports.map(({ name }: { name: string }) => name)).toContain(
    port.targetPort,
  );
});

test("the routes of the resources are those of the OpenAPI document, each in the file of its resource", () => {
  const { paths } = openApiDocument(salesModel, { url: "", release: 1 });
  const documented = Object.entries(paths).flatMap(([path, item]) =>
    ["get", "post", "put", "patch", "delete"].flatMap((method) =>
      path.startsWith("/rest/v1/") && method in item ? [`${method.toUpperCase()} ${path}`] : [],
    ),
  );
  expect(routesOf(salesModel).map(({ route }) => route)).toEqual(documented);
  for (const { plural } of salesModel.resources) expect(files["src/routes.ts"]).toContain(`  ${plural},`);
  expect(files["routes/companies.ts"]).toContain('"GET /rest/v1/companies": "List companies"');
});
