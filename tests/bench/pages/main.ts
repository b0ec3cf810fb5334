import { type Browser, chromium, type Page } from "@playwright/test";
import { playStory } from "#scripts/demo/story.ts";
import { findChromium } from "../../support/chromium.ts";
import { addressesOf, routesOfPages } from "../../support/pages.ts";
import { startBenchInstance } from "../benchInstance.ts";
import { median } from "../median.ts";
import { table } from "../table.ts";

const visits = 15;

interface Figures {
  /** Median, in ms: from the request until the last byte of the document. */
  readonly server: number;
  /** Of scripts as they are transferred and as they are run, in bytes. */
  readonly transferred: number;
  readonly run: number;
}

/** Of every page of the web application on a demo of the CRM: the server's time, and what JavaScript the browser loads. */
export async function benchPages(): Promise<void> {
  await using instance = await startBenchInstance();
  const { web } = instance;
  const say = (sentence: string) => console.error(sentence);
  const demo = await playStory({ web, start: { kind: "template", template: "crm" }, say });
  const { organisation, project } = demo;
  const executablePath = findChromium();
  const browser = await chromium.launch({ ...(executablePath && { executablePath }), args: ["--no-sandbox"] });
  try {
    const state = await signedIn(browser, web, demo);
    const rows: string[][] = [["page", "server ms", "JS kB sent", "JS kB run"]];
    for (const route of await routesOfPages()) {
      for (const address of addressesOf(route, { organisation, project })) {
        const { server, transferred, run } = await visit(browser, { url: web + address, state });
        rows.push([address, server.toFixed(1), (transferred / 1024).toFixed(0), (run / 1024).toFixed(0)]);
      }
    }
    console.log(`\nPages, median of ${visits} visits; scripts with an empty cache\n`);
    console.log(table(rows));
  } finally {
    await browser.close();
  }
}

type State = Awaited<ReturnType<Awaited<ReturnType<Browser["newContext"]>>["storageState"]>>;

async function signedIn(browser: Browser, web: string, { email, password }: { email: string; password: string }) {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(`${web}/sign-in`);
  await page.getByLabel("Email").fill(email);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL((url) => !url.pathname.startsWith("/sign-in"));
  return await context.storageState();
}

async function visit(
  browser: Browser,
  { url, state }: { readonly url: string; readonly state: State },
): Promise<Figures> {
  await using context = await browser.newContext({ storageState: state });
  const page = await context.newPage();
  const scripts = await countScripts(page);
  await page.goto(url, { waitUntil: "networkidle" });
  const { transferred, run } = scripts();
  const times: number[] = [];
  for (let n = 0; n < visits; n++) {
    const began = performance.now();
    const response = await context.request.get(url);
    await response.body();
    times.push(performance.now() - began);
  }
  return { server: median(times), transferred, run };
}

async function countScripts(page: Page) {
  const session = await page.context().newCDPSession(page);
  await session.send("Network.enable");
  await session.send("Network.setCacheDisabled", { cacheDisabled: true });
  const scripts = new Set<string>();
  const count = { transferred: 0, run: 0 };
  session.on("Network.responseReceived", ({ requestId, type }) => {
    if (type === "Script") scripts.add(requestId);
  });
  session.on("Network.dataReceived", ({ requestId, dataLength }) => {
    if (scripts.has(requestId)) count.run += dataLength;
  });
  session.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    if (scripts.has(requestId)) count.transferred += encodedDataLength;
  });
  return () => ({ ...count });
}
