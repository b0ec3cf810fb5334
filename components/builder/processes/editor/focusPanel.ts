/** Puts the keyboard into the panel; what is asked for may have to be drawn first. */
export function focusPanel(tries = 30): void {
  requestAnimationFrame(() => {
    const element = document.querySelector<HTMLElement>("[data-inspector] [data-autofocus], [data-inspector] select");
    if (element) element.focus();
    else if (tries > 0) focusPanel(tries - 1);
  });
}
