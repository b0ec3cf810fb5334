/** What to do at the first and the second request to stop. */
export interface StopHandlers {
  first(): void;
  /** The person is in a hurry: the process ends when this returns. */
  second(): void;
}

/** Resolves when the process is asked to stop: by Ctrl-C, by a signal, or because the process that started it is gone. */
export function untilStopped(handlers: StopHandlers): Promise<undefined> {
  return new Promise((resolve) => {
    let asked = false;
    const ask = () => {
      if (asked) {
        handlers.second();
        process.exit(130);
      }
      asked = true;
      handlers.first();
      resolve(undefined);
    };
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, ask);
    process.once("disconnect", () => {
      if (!asked) ask();
    });
    process.channel?.unref();
  });
}
