import { createHash } from "node:crypto";
import { canonicalJson } from "#lib/compile/canonicalJson.ts";
import type { EnvironmentSpec } from "#lib/compile/Snapshot.ts";
import type { JsonValue, Model } from "#lib/model/types.ts";
import { applyModelTo } from "#server/features/environments/applyModelTo.ts";
import { testDatabase } from "#tests/support/postgres.ts";
import { type DriverUnderTest, describeDeployDriver } from "../testing/deployDriverContract.ts";
import { adminSecret } from "../testing/startAdminServer.ts";
import { startRuntimeProcess } from "../testing/startRuntimeProcess.ts";
import { localDriver } from "./localDriver.ts";

describeDeployDriver("the local driver and the runtime", async (): Promise<DriverUnderTest> => {
  const runtime = await startRuntimeProcess();
  const database = await testDatabase();
  return {
    driver: localDriver({ adminUrl: runtime.url, secret: adminSecret, pauses: [] }),
    appUrl: (label) => runtime.appUrl(label),
    restart: () => runtime.restart(),
    async spec({ label, release, fit = true }): Promise<EnvironmentSpec> {
      const model = notes(release);
      if (fit) await applyModelTo(database.url, model);
      const hash = createHash("sha256")
        .update(canonicalJson(model as unknown as JsonValue))
        .digest("hex");
      const snapshot = { format: 1, hash, model } as const;
      const revision = release;
      return {
        id: label,
        label,
        revision,
        release,
        commit: "c".repeat(40),
        snapshot,
        databaseUrl: database.url,
        apiKeys: [],
      };
    },
    async [Symbol.asyncDispose]() {
      await runtime[Symbol.asyncDispose]();
      await database[Symbol.asyncDispose]();
    },
  };
});

/** Every release has one attribute more than the one before. */
function notes(release: number): Model {
  const attributes = Array.from({ length: release }, (_, at) => ({
    name: `part${at}`,
    column: `part${at}`,
    type: { kind: "text" } as const,
    required: false,
    unique: false,
  }));
  return {
    app: { name: "Notes" },
    resources: [
      {
        name: "Note",
        plural: "notes",
        table: "notes",
        key: {
          name: "id",
          column: "id",
          type: { kind: "uuid" },
          required: true,
          unique: true,
          default: { kind: "uuid" },
        },
        attributes,
        relationships: [],
        uniques: [],
        indexes: [],
        actions: ["read", "create", "update", "destroy"],
      },
    ],
  };
}
