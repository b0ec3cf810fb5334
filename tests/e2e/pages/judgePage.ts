import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";

const rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** The looks and widths that every page is judged in. */
const settings = [
  { colorScheme: "light", width: 1440, height: 900 },
  { colorScheme: "dark", width: 360, height: 740 },
] as const;

/** What is wrong with a page for people who see, point or read otherwise; nothing where all is well. */
export async function judgePage(page: Page): Promise<readonly string[]> {
  const faults: string[] = [];
  for (const { colorScheme, ...viewport } of settings) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await page.setViewportSize(viewport);
    const where = `${colorScheme} ${viewport.width}`;
    // Legacy: in this very page, which has no frames of others, and not in a new one each time.
    const { violations } = await new AxeBuilder({ page }).setLegacyMode().withTags(rules).analyze();
    for (const { id, nodes } of violations) {
      faults.push(
        `${where}: ${id} at ${nodes
          .map(({ target }) => target.join(" "))
          .slice(0, 3)
          .join(", ")}`,
      );
    }
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    if (overflow > 0) faults.push(`${where}: is ${overflow} px wider than the window`);
  }
  const [desktop] = settings;
  await page.setViewportSize({ width: desktop.width, height: desktop.height });
  return [...faults, ...(await judgeKeyboard(page))];
}

/** What the Tab key does not reach, and what does not show that it is reached. */
async function judgeKeyboard(page: Page): Promise<readonly string[]> {
  const expected = await page.evaluate(watchFocus);
  await Promise.all(Array.from({ length: expected + 5 }, () => page.keyboard.press("Tab")));
  return await page.evaluate(() => (window as unknown as { focusFaults: () => string[] }).focusFaults());
}

/** In the page: notes what gets the focus from here on; answers how many stops there should be. */
function watchFocus(): number {
  const focusable = "a[href], button, input, select, textarea, summary, [tabindex], [contenteditable=true]";
  const name = (element: Element) => {
    const text = element.getAttribute("aria-label") ?? element.textContent ?? "";
    return `${element.tagName.toLowerCase()} “${text.trim().slice(0, 40)}”`;
  };
  const isReachable = (element: Element): element is HTMLElement =>
    element instanceof HTMLElement &&
    element.tabIndex >= 0 &&
    !element.matches(":disabled, [inert] *, [inert]") &&
    element.checkVisibility({ visibilityProperty: true, opacityProperty: false }) &&
    !(element instanceof HTMLInputElement && element.type === "radio" && !isEntry(element));
  // Of a group of radio buttons the Tab key reaches one.
  const isEntry = (radio: HTMLInputElement) => {
    const group = [...document.querySelectorAll<HTMLInputElement>(`input[type=radio]`)].filter(
      ({ name: of, form }) => of === radio.name && form === radio.form,
    );
    return radio === (group.find(({ checked }) => checked) ?? group[0]);
  };
  const expected = [...document.querySelectorAll(focusable)].filter(isReachable);
  const reached = new Set<Element>();
  const unmarked = new Set<string>();
  const isMarked = (element: Element | null, depth = 0): boolean => {
    if (!element || depth > 3) return false;
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
    const outlined = outlineStyle !== "none" && Number.parseFloat(outlineWidth) > 0;
    return outlined || boxShadow !== "none" || isMarked(element.parentElement, depth + 1);
  };
  document.addEventListener(
    "focusin",
    ({ target }) => {
      if (!(target instanceof Element)) return;
      reached.add(target);
      const marked =
        isMarked(target) ||
        [...target.children, ...(target.parentElement?.children ?? [])].some((near) => isMarked(near, 3));
      if (!marked) unmarked.add(name(target));
    },
    { capture: true },
  );
  (document.activeElement as HTMLElement | null)?.blur();
  Object.assign(window, {
    focusFaults: () => [
      ...expected
        .filter((element) => element.isConnected && isReachable(element) && !reached.has(element))
        .slice(0, 5)
        .map((element) => `keyboard: Tab does not reach ${name(element)}`),
      ...[...unmarked].slice(0, 5).map((told) => `keyboard: the focus does not show at ${told}`),
    ],
  });
  // Fields of dates have a stop for each part, and one for the calendar.
  return expected.length + 5 * document.querySelectorAll("input[type=date], input[type^=datetime]").length;
}
