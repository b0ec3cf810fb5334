/** An error whose message is all that the person at the terminal needs. */
export class Failure extends Error {}

/** Prints a sentence, or what is known about an error that was not foreseen. */
export function say(problem) {
  if (typeof problem === "string") console.error(problem);
  else if (problem instanceof Failure || problem?.name === "Failure") console.error(problem.message);
  else if (problem?.code === "ENOSPC") console.error("The disk is full: make room and try again.");
  else console.error(problem);
}
