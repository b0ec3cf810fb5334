import { AppError } from "#lib/errors/AppError.ts";
import { readProviderUrl } from "../guardedFetch.ts";
import { readCertificate } from "./certificate.ts";
import { attributeOf, children, elementsBelow, namespaces, readXml, textOf } from "./readXml.ts";

const redirectBinding = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect";
const mostCertificates = 10;

/** What a provider's metadata says of it. */
export interface ProviderMetadata {
  readonly entityId: string;
  readonly signInUrl: string;
  /** As PEM: while a provider changes its key, both the old and the new one. */
  readonly certificates: readonly string[];
}

/** Reads metadata of SAML 2.0. Throws AppError with what is wrong with it. */
export function readMetadata(xml: string): ProviderMetadata {
  const root = readXml(xml, "The metadata");
  const entities = [root, ...elementsBelow(root, namespaces.metadata, "EntityDescriptor")].filter(
    (element) =>
      element.localName === "EntityDescriptor" &&
      element.namespaceURI === namespaces.metadata &&
      children(element, namespaces.metadata, "IDPSSODescriptor").length > 0,
  );
  const [entity, another] = entities;
  if (!entity) throw refusal("The metadata is of no identity provider: it has no IDPSSODescriptor.");
  if (another) throw refusal("The metadata is of several identity providers. Give that of one.");
  const entityId = attributeOf(entity, "entityID");
  if (!entityId) throw refusal("The metadata names no entityID.");
  const [provider] = children(entity, namespaces.metadata, "IDPSSODescriptor");
  const services = provider ? children(provider, namespaces.metadata, "SingleSignOnService") : [];
  const signInUrl = attributeOf(
    services.find((service) => attributeOf(service, "Binding") === redirectBinding),
    "Location",
  );
  if (!signInUrl) throw refusal("The provider takes no requests by HTTP-Redirect. Switch that binding on there.");
  const keys = provider ? children(provider, namespaces.metadata, "KeyDescriptor") : [];
  const found = keys
    .filter((key) => attributeOf(key, "use") !== "encryption")
    .flatMap((key) => elementsBelow(key, namespaces.signature, "X509Certificate"))
    .flatMap((element) => textOf(element) ?? []);
  const certificates = [...new Set(found.map(readCertificate))];
  if (certificates.length === 0) throw refusal("The metadata has no certificate that signs.");
  if (certificates.length > mostCertificates)
    throw refusal(`The metadata has more than ${mostCertificates} certificates.`);
  return { entityId, signInUrl: readProviderUrl(signInUrl).href, certificates };
}

function refusal(message: string): AppError {
  return new AppError("invalid_input", message, { fields: [{ field: "metadata", rule: "pattern", message }] });
}
