/** What is counted of an environment so that its organisation knows what it uses. Sums of one minute. */
export class Usage {
  reads = 0;
  writes = 0;
  processRuns = 0;
  functionCalls = 0;
  mails = 0;
  bytesOut = 0;
}

export type UsageKind = keyof Usage;

/** Requests that ask and those that change something, as far as they were answered: nobody pays for what failed or was refused at the door. */
export function countsAsUse(status: number): boolean {
  if (status >= 500) return false;
  return status !== 401 && status !== 402 && status !== 429 && status !== 499;
}
