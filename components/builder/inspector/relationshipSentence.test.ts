import { expect, test } from "vitest";
import { sampleModel } from "../testing/sampleModel.ts";
import { relationshipSentence } from "./relationshipSentence.ts";

test("relationships are said as sentences", () => {
  const sentences = sampleModel().resources.flatMap((resource) =>
    resource.relationships.map((relationship) => relationshipSentence(resource.name, relationship)),
  );
  expect(sentences).toEqual([
    "Each Customer may have many of Order, those whose customer it is.",
    "Each Order has exactly one Customer; each Customer may have many.",
    "Each Order has one or no Order; each Order may have many.",
    "Each Order may have many of Tag, and each Tag many of Order.",
    "Each Tag may have many of Order, and each Order many of Tag.",
  ]);
});
