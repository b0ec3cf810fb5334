export type ResponseType = "application/graphql-response+json" | "application/json";

const modern = "application/graphql-response+json";
const plain = "application/json";

/** The type of answer that an `Accept` header would rather have; plain JSON where it does not say. */
export function responseType(accept: string | undefined): ResponseType {
  if (!accept?.includes(modern)) return plain;
  return qualityOf(modern, accept) >= qualityOf(plain, accept) && qualityOf(modern, accept) > 0 ? modern : plain;
}

/** Whether a browser asks for a page rather than a program for data. */
export function wantsPage(accept: string | undefined): boolean {
  return accept?.includes("text/html") === true && qualityOf("text/html", accept) > qualityOf(plain, accept);
}

/** How much a type is wanted, between 0 and 1. */
function qualityOf(type: string, accept: string): number {
  for (const part of accept.split(",")) {
    const [name = "", ...parameters] = part.split(";").map((piece) => piece.trim().toLowerCase());
    if (name !== type) continue;
    const quality = parameters.find((parameter) => parameter.startsWith("q="));
    const value = quality === undefined ? 1 : Number(quality.slice(2));
    return Number.isNaN(value) ? 1 : value;
  }
  return 0;
}
