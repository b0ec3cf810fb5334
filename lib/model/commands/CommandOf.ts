import type { ModelCommand } from "./ModelCommand.ts";

export type CommandOf<T extends ModelCommand["type"]> = Extract<ModelCommand, { readonly type: T }>;
