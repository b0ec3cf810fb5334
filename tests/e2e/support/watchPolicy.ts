import type { Page } from "@playwright/test";

/** What pages tried and were not allowed by their policy of content, as the browser tells it; empty where all is well. */
export async function watchPolicy(page: Page): Promise<readonly string[]> {
  const told: string[] = [];
  await page.exposeBinding("gantryTellViolation", (_, text: string) => {
    told.push(`${new URL(page.url()).pathname}: ${text}`);
  });
  await page.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", (event) => {
      const { effectiveDirective, blockedURI, sourceFile, lineNumber, sample } = event;
      const tell = Reflect.get(window, "gantryTellViolation") as (text: string) => void;
      tell(`${effectiveDirective} ${blockedURI} ${sourceFile}:${lineNumber} ${sample}`);
    });
  });
  // Some are told on the console alone, such as what a worker or a frame tried.
  page.on("console", (message) => {
    if (/content security policy/i.test(message.text()))
      told.push(`${new URL(page.url()).pathname}: ${message.text()}`);
  });
  return told;
}
