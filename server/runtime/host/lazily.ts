/**
 * A part of the program that is loaded when it is first used: a runtime that serves REST only never knows GraphQL.
 * Once it is there it is used at once, without a promise.
 */
export function lazily<Part>(load: () => Promise<Part>) {
  let part: Part | null = null;
  let loading: Promise<Part> | null = null;
  return <Result>(use: (part: Part) => Result | Promise<Result>): Result | Promise<Result> => {
    if (part !== null) return use(part);
    loading ??= load().then(
      (loaded) => {
        part = loaded;
        return loaded;
      },
      (error: unknown) => {
        loading = null;
        throw error;
      },
    );
    return loading.then(use);
  };
}
