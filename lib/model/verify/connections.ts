import { fieldNameShape } from "../naming/nameShape.ts";
import { reservedPart } from "../naming/reservedNames.ts";
import { allSteps } from "../processes/stepsWithin.ts";
import type { Connection, ConnectionAuthorization } from "../processTypes.ts";
import { pointerFindings } from "./hooks.ts";
import type { Finding, Rule } from "./Rule.ts";
import { problemAt } from "./Rule.ts";
import { secretFindings } from "./secretNames.ts";
import { urlProblem } from "./urls.ts";

/** Connections lead somewhere, and what is secret about them is a secret's name; what is taken of answers can be found. */
export const connections: Rule = ({ app, processes = [] }, places) =>
  [
    ...(app.connections ?? []).flatMap((connection) => findings(connection, ["app", "connections", connection.name])),
    ...processes.flatMap((process) =>
      allSteps(process).flatMap((step) =>
        step.kind === "request"
          ? (step.take ?? []).flatMap(({ name, pointer }) =>
              pointerFindings(pointer, ["processes", process.name, "steps", step.name, "take", name, "pointer"]),
            )
          : [],
      ),
    ),
  ].map((finding) => problemAt(places, finding));

function findings({ name, kind, url, urlSecret, authorization, model }: Connection, path: readonly string[]) {
  const shape = fieldNameShape(name) ?? reservedSentence(name);
  const wrong = url === undefined ? null : urlProblem(url, { plain: true });
  const found: readonly Finding[] = [
    ...(shape ? [{ code: "name_shape", path, message: shape }] : []),
    ...(wrong ? [{ code: "url", path: [...path, "url"], message: wrong }] : []),
    ...secretFindings(urlSecret, [...path, "url"]),
    ...(kind === "model" && (model ?? "") === ""
      ? [{ code: "missing_option", path, message: 'Say which model: `model: "..."`.' }]
      : []),
    ...(authorization ? authorizationFindings(authorization, [...path, "authorization"]) : []),
  ];
  return found;
}

function reservedSentence(name: string): string | null {
  const reserved = reservedPart(name);
  return reserved && `\`${name}\` is ${reserved}. Choose another name.`;
}

function authorizationFindings(authorization: ConnectionAuthorization, path: readonly string[]): readonly Finding[] {
  const secret = secretFindings(authorization.secret, path);
  switch (authorization.kind) {
    case "bearer":
      return secret;
    case "basic":
      if (authorization.user !== "" && !authorization.user.includes(":")) return secret;
      return [...secret, { code: "wrong_type", path, message: "A user's name has no `:` and is not empty." }];
    case "header":
      if (/^[A-Za-z0-9-]{1,100}$/.test(authorization.header)) return secret;
      return [...secret, { code: "name_shape", path, message: "This cannot be the name of a header." }];
  }
}
