import { type OpenApiDocument, openApiDocument } from "#lib/codegen/openapi/openApiDocument.ts";
import type { Model } from "#lib/model/types.ts";
import { type Answer, jsonAnswer } from "../http/Answer.ts";

/** What the document of one environment is made of. */
export interface Documented {
  readonly model: Model;
  readonly release: number;
  /** The app's public address without a slash at its end. */
  readonly url: string;
}

const texts = new WeakMap<Model, { readonly release: number; readonly url: string; readonly text: string }>();

/** `/openapi.json`: made when it is first asked for, and again for another release or address. */
export function openApiRoute({ model, release, url }: Documented): Answer {
  const known = texts.get(model);
  if (known?.release === release && known.url === url) return jsonAnswer(200, known.text);
  const document: OpenApiDocument = openApiDocument(model, { release, url });
  const text = JSON.stringify(document);
  texts.set(model, { release, url, text });
  return jsonAnswer(200, text);
}
