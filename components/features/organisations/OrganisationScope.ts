/** Which organisation a screen is of. */
export interface OrganisationScope {
  /** Its slug. */
  readonly organisation: string;
}
