/** Puts the keyboard into the field of the inspector that edits a place in the model; what is closed around it is opened. */
export function focusField(path: readonly string[]): void {
  openSections(path);
  focusSoon(
    `[data-inspector] [data-path="${CSS.escape(path.join("."))}"] :is(input, select, textarea, [contenteditable="true"])`,
  );
}

/** Opens what is closed around the place, from the outside in; what is within a section is drawn when it is open. */
function openSections(path: readonly string[], depth = 1): void {
  if (depth > path.length) return;
  requestAnimationFrame(() => {
    const section = CSS.escape(path.slice(0, depth).join("."));
    document.querySelector<HTMLElement>(`[data-section="${section}"] > button[data-state="closed"]`)?.click();
    openSections(path, depth + 1);
  });
}

/** What is asked for may have to be drawn first. */
export function focusSoon(selector: string, tries = 30): void {
  requestAnimationFrame(() => {
    const element = document.querySelector<HTMLElement>(selector);
    if (element) element.focus();
    else if (tries > 0) focusSoon(selector, tries - 1);
  });
}
