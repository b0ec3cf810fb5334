import { create, done, get, ref, refused, row, service, test, tests, update, user } from "gantry";

export default tests({ describe: "Who is away when, and who says so." }, [
  test("Working days are counted, weekends are not", {
    given: {
      request: row("LeaveRequest", { startsOn: "2026-07-03", endsOn: "2026-07-06" }),
    },
    as: service(),
    do: get("request"),
    expect: done({ days: "2" }),
  }),
  test("Leave does not end before it starts", {
    given: {
      ada: row("Employee"),
      account: row("LeaveAccount", { employee: ref("ada"), year: 2026 }),
    },
    as: user("ada", { roles: ["employee"] }),
    do: create("LeaveRequest", { account: ref("account"), startsOn: "2026-07-06", endsOn: "2026-07-03" }),
    expect: refused("invalid_input", { field: "endsOn" }),
  }),
  test("A weekend is no leave", {
    given: {
      ada: row("Employee"),
      account: row("LeaveAccount", { employee: ref("ada"), year: 2026 }),
    },
    as: user("ada", { roles: ["employee"] }),
    do: create("LeaveRequest", { account: ref("account"), startsOn: "2026-07-04", endsOn: "2026-07-05" }),
    expect: refused("invalid_input", { field: "endsOn" }),
  }),
  test("Nobody is away twice on one day", {
    given: {
      ada: row("Employee"),
      account: row("LeaveAccount", { employee: ref("ada"), year: 2026 }),
      first: row("LeaveRequest", { account: ref("account"), startsOn: "2026-07-06", endsOn: "2026-07-10" }),
    },
    as: user("ada", { roles: ["employee"] }),
    do: create("LeaveRequest", { account: ref("account"), startsOn: "2026-07-10", endsOn: "2026-07-13" }),
    expect: refused("invalid_input", { field: "startsOn" }),
  }),
  test("Nobody asks for others", {
    explain: "Whose account cannot be seen cannot be named either.",
    given: {
      ada: row("Employee"),
      ben: row("Employee"),
      account: row("LeaveAccount", { employee: ref("ben"), year: 2026 }),
    },
    as: user("ada", { roles: ["employee"] }),
    do: create("LeaveRequest", { account: ref("account"), startsOn: "2026-07-06", endsOn: "2026-07-10" }),
    expect: refused("invalid_input", { field: "account" }),
  }),
  test("A manager approves what the days that are left allow", {
    given: {
      boss: row("Employee"),
      ada: row("Employee", { manager: ref("boss") }),
      account: row("LeaveAccount", { employee: ref("ada"), year: 2026, entitled: "5" }),
      request: row("LeaveRequest", { account: ref("account"), startsOn: "2026-07-06", endsOn: "2026-07-10" }),
    },
    as: user("boss", { roles: ["employee"] }),
    do: update("request", "approve"),
    expect: done({ status: "approved", decidedBy: ref("boss") }),
  }),
  test("More days than are left are not approved", {
    given: {
      boss: row("Employee"),
      ada: row("Employee", { manager: ref("boss") }),
      account: row("LeaveAccount", { employee: ref("ada"), year: 2026, entitled: "4.5" }),
      request: row("LeaveRequest", { account: ref("account"), startsOn: "2026-07-06", endsOn: "2026-07-10" }),
    },
    as: user("boss", { roles: ["employee"] }),
    do: update("request", "approve"),
    expect: refused("invalid_input", { field: "endsOn" }),
  }),
  test("Nobody approves their own leave", {
    given: {
      ada: row("Employee"),
      account: row("LeaveAccount", { employee: ref("ada"), year: 2026, entitled: "30" }),
      request: row("LeaveRequest", { account: ref("account"), startsOn: "2026-07-06", endsOn: "2026-07-10" }),
    },
    as: user("ada", { roles: ["hr"] }),
    do: update("request", "approve"),
    expect: refused("conflict"),
  }),
]);
