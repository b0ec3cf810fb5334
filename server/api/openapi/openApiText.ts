import { openApiDocument } from "./openApiDocument.ts";

let text: string | undefined;

/** The document as it is served; made once. */
export function openApiText(): string {
  text ??= JSON.stringify(openApiDocument());
  return text;
}
