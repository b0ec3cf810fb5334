import { DOMParser } from "@xmldom/xmldom";
import { AppError } from "#lib/errors/AppError.ts";

export const namespaces = {
  assertion: "urn:oasis:names:tc:SAML:2.0:assertion",
  metadata: "urn:oasis:names:tc:SAML:2.0:metadata",
  protocol: "urn:oasis:names:tc:SAML:2.0:protocol",
  signature: "http://www.w3.org/2000/09/xmldsig#",
} as const;

const commentNode = 8;
const instructionNode = 7;
const doctypeNode = 10;

/**
 * The root of a document from outside. Nothing that could be read differently by others is let in: no document type (so
 * no entities), no comments and no processing instructions, and nothing that is not well formed. Throws AppError.
 */
export function readXml(text: string, what: string): Element {
  const refusal = (cause?: unknown) => new AppError("invalid_input", `${what} is not well-formed XML.`, { cause });
  if (/<!DOCTYPE|<!ENTITY/i.test(text)) {
    throw new AppError("invalid_input", `${what} has a document type, which is not accepted.`);
  }
  let document: Document;
  try {
    const stop = (message: string) => {
      throw new Error(message);
    };
    const parser = new DOMParser({ locator: {}, errorHandler: { warning: stop, error: stop, fatalError: stop } });
    document = parser.parseFromString(text, "text/xml");
  } catch (cause) {
    throw refusal(cause);
  }
  const root = document?.documentElement;
  if (!root) throw refusal();
  for (const node of everyNode(document)) {
    const isDeclaration = node.nodeType === instructionNode && node.nodeName === "xml" && node.parentNode === document;
    if (
      node.nodeType === doctypeNode ||
      node.nodeType === commentNode ||
      (node.nodeType === instructionNode && !isDeclaration)
    ) {
      throw new AppError("invalid_input", `${what} has comments or instructions in it, which are not accepted.`);
    }
  }
  return root;
}

/** Elements of that name below, at any depth; `*` for any namespace. */
export function elementsBelow(parent: Element, namespace: string, name: string): readonly Element[] {
  return Array.from(parent.getElementsByTagNameNS(namespace, name));
}

/** Elements of that name directly below. */
export function children(parent: Element, namespace: string, name: string): readonly Element[] {
  return Array.from(parent.childNodes).filter(
    (node): node is Element => isElement(node) && node.namespaceURI === namespace && node.localName === name,
  );
}

export function textOf(element: Element | undefined): string | null {
  const text = element?.textContent?.trim();
  return text === undefined || text === "" ? null : text;
}

/** The attribute's value; null where it is not there. */
export function attributeOf(element: Element | undefined, name: string): string | null {
  return element?.hasAttribute(name) ? element.getAttribute(name) : null;
}

function isElement(node: Node): node is Element {
  return node.nodeType === 1;
}

function* everyNode(parent: Node): Generator<Node> {
  for (let node = parent.firstChild; node; node = node.nextSibling) {
    yield node;
    yield* everyNode(node);
  }
}
