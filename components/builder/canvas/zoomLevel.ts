/** From so far away rows cannot be read; only names are drawn, larger, so that hundreds of resources stay quick. */
const farZoom = 0.45;

export function isFar(state: { readonly transform: readonly [number, number, number] }): boolean {
  return state.transform[2] < farZoom;
}
