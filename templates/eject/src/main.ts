import { expandDatabase, readyDatabase, settleDatabase } from "./database.ts";
import { readApp } from "./readApp.ts";
import { serve } from "./serve.ts";
import { readSettings } from "./settings.ts";

// `npm start`: brings the database to the model and serves it. With MIGRATE=off the database is left to
// `npm run migrate`, as where several of these programs start at once behind a job of their own.

try {
  const settings = readSettings();
  const app = await readApp();
  const { ownerDatabaseUrl, migrates } = settings;
  const live = migrates ? await expandDatabase(ownerDatabaseUrl, app) : await readyDatabase(ownerDatabaseUrl, app);
  const runtime = await serve(live, settings);
  console.log(`${app.model.app.name} answers at ${settings.publicUrl ?? `http://localhost:${runtime.port}`}`);
  await settleDatabase(ownerDatabaseUrl, live);
  let isStopping = false;
  const stop = async () => {
    if (isStopping) return;
    isStopping = true;
    await runtime.stop();
    process.exit(0);
  };
  process.on("SIGTERM", stop);
  process.on("SIGINT", stop);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
