/** The number of the release that this app went on from; its OpenAPI document says it. */
export const release = 1;
