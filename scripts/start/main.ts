import { explainFailure } from "../Failure.ts";
import { Instance } from "./Instance.ts";
import { printedReport } from "./report.ts";
import { readSettings } from "./Settings.ts";
import { untilStopped } from "./untilStopped.ts";

// `npm start` and `npm run dev`: everything up, until it is told to stop.
const report = printedReport(process.stdout);
// A terminal that is gone is no reason to leave programs running without their order of stopping.
process.stdout.on("error", () => {});
process.stderr.on("error", () => {});

try {
  const instance = new Instance(readSettings(process.argv[2] === "dev" ? "dev" : "start"), report);
  const stopped = untilStopped({
    first: () => report.notice("\nStopping …"),
    second: () => instance.kill(),
  });
  try {
    const started = await Promise.race([instance.start(), stopped]);
    if (started) report.notice(`\nGantry is ready: ${started.web}   (Ctrl-C stops it)\n`);
    const failure = await Promise.race([instance.failed, stopped]);
    if (failure) throw failure;
  } finally {
    await instance.stop();
  }
} catch (error) {
  console.error(explainFailure(error));
  process.exitCode = 1;
}
process.exit();
