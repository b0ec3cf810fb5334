import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["**/*.test.ts"],
    exclude: [
      "**/node_modules/**",
      ".next/**",
      ".gantry/**",
      "tests/e2e/**",
      "tests/walls/fixtures/**",
      "templates/eject/**",
    ],
    environment: "node",
    globalSetup: "tests/support/globalSetup.ts",
    setupFiles: "tests/support/setUp.ts",
    pool: "forks",
    maxWorkers: 2,
    // Generous: real servers on slow machines. Nothing waits for these when things go well.
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
