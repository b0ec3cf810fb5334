/** The same value, frozen through and through. What is frozen already is taken to be so within, too. */
export function frozen<Frozen>(value: Frozen): Frozen {
  if (typeof value !== "object" || value === null || Object.isFrozen(value)) return value;
  Object.freeze(value);
  for (const inner of Object.values(value)) frozen(inner);
  return value;
}
