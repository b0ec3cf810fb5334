import { readFileSync } from "node:fs";
import { sdkModule } from "#lib/codegen/sdk/sdkModule.ts";
import type { Model } from "#lib/model/types.ts";
import type { Answer } from "../http/Answer.ts";

const texts = new WeakMap<Model, { readonly release: number; readonly text: string }>();
let core: string | undefined;
let auth: string | undefined;

/** `/sdk.ts`: the typed client of the release that is served, made when it is first asked for. */
export function sdkRoute({ model, release }: { readonly model: Model; readonly release: number }): Answer {
  core ??= readFileSync(new URL("../../../lib/codegen/sdk/core.ts", import.meta.url), "utf8");
  auth ??= readFileSync(new URL("../../../lib/codegen/sdk/auth.ts", import.meta.url), "utf8");
  const known = texts.get(model);
  const text = known?.release === release ? known.text : sdkModule(model, { release, core, auth });
  texts.set(model, { release, text });
  const headers = ["content-disposition", 'attachment; filename="gantry.ts"'];
  return { status: 200, contentType: "text/plain; charset=utf-8", body: text, headers };
}
