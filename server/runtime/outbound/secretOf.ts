import { StepError } from "../processes/StepError.ts";

/** What executors need of an environment. */
export interface Secretive {
  readonly spec: { readonly secrets?: Readonly<Record<string, string>> };
}

export function secretOf({ spec }: Secretive, name: string): string {
  const secrets = spec.secrets ?? {};
  const value = Object.hasOwn(secrets, name) ? secrets[name] : undefined;
  if (value !== undefined) return value;
  throw new StepError("secret_missing", `This environment has no secret ${name}. Set it in its settings.`, {
    isLasting: false,
  });
}
