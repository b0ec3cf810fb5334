/** Where a step stands or could stand: in which list of which step, and before which item of it. */
export interface StepPlace {
  /** Name of the step around it; null for the process itself. */
  readonly of: string | null;
  /** Key of its lane; `steps` for the process itself. */
  readonly lane: string;
  readonly index: number;
}

export function placeKey({ of, lane, index }: StepPlace): string {
  return `${of ?? ""}/${lane}/${index}`;
}
