/** The object without the options that are undefined: a thing says only what it has. */
export function withoutEmpty<T extends object>(value: { readonly [K in keyof T]: T[K] | undefined }): T {
  return Object.fromEntries(Object.entries(value).filter(([, option]) => option !== undefined)) as T;
}
