// Loaded first into every program that the launcher starts. The channel closes when the launcher is gone, however it
// went: then nobody would stop this program any more, so it stops itself. Programs that those start in turn load this
// too; their channel is not the launcher's and none of its business.
if (process.channel && String(process.ppid) === process.env.GANTRY_LAUNCHER) {
  process.channel.unref();
  process.once("disconnect", () => {
    process.kill(process.pid, "SIGTERM");
    setTimeout(() => process.exit(1), 5_000).unref();
  });
}
