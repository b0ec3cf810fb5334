// Loaded first into every program that the launcher starts. The channel closes when the launcher is gone, however it
// went: then nobody would stop this program any more, so it stops itself.
if (process.channel) {
  process.channel.unref();
  process.once("disconnect", () => {
    process.kill(process.pid, "SIGTERM");
    setTimeout(() => process.exit(1), 5_000).unref();
  });
}
