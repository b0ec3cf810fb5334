import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import formats from "ajv-formats";

/** Whether values fit the schemas of an OpenAPI document; each schema is compiled once. */
export class DocumentSchemas {
  readonly #ajv: Ajv2020;
  readonly #known = new Map<object, ValidateFunction>();

  /** @param document an OpenAPI document as it came over the wire, or as it was made. */
  constructor(document: object) {
    this.#ajv = new Ajv2020({ strict: false, allErrors: false, validateFormats: true });
    formats.default(this.#ajv);
    for (const format of ["decimal", "money", "currency"]) this.#ajv.addFormat(format, true);
    this.#ajv.addSchema(
      { $id: "openapi", components: Reflect.get(document, "components") },
      undefined,
      undefined,
      false,
    );
  }

  /** Why a value does not fit; null when it does. */
  mismatch(schema: object, value: unknown): string | null {
    let validate = this.#known.get(schema);
    if (!validate) {
      validate = this.#ajv.compile(absolute(schema));
      this.#known.set(schema, validate);
    }
    return validate(value) ? null : this.#ajv.errorsText(validate.errors);
  }
}

/** The same schema with references to the document instead of to itself. */
function absolute(schema: unknown): object {
  return JSON.parse(JSON.stringify(schema).replaceAll('"$ref":"#/', '"$ref":"openapi#/')) as object;
}
