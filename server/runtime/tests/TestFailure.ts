/** A test cannot go on; the message is a public sentence. */
export class TestFailure extends Error {
  override readonly name = "TestFailure";
}
