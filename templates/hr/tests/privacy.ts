import { done, get, ref, refused, row, test, tests, update, user } from "gantry";

export default tests({ describe: "Private things are for few." }, [
  test("Colleagues do not see a salary", {
    given: {
      ada: row("Employee"),
      ben: row("Employee", { salary: "60000" }),
    },
    as: user("ada", { roles: ["employee"] }),
    do: get("ben"),
    expect: done({ salary: null }),
  }),
  test("A manager sees the salaries of whom they lead", {
    given: {
      boss: row("Employee"),
      ada: row("Employee", { manager: ref("boss"), salary: "60000" }),
    },
    as: user("boss", { roles: ["employee"] }),
    do: get("ada"),
    expect: done({ salary: "60000" }),
  }),
  test("Payroll sees bank accounts, managers do not", {
    given: {
      boss: row("Employee"),
      ada: row("Employee", { manager: ref("boss"), bankAccount: "DE02120300000000202051" }),
    },
    as: user("boss", { roles: ["employee"] }),
    do: get("ada"),
    expect: done({ bankAccount: null }),
  }),
  test("Nobody sets their own salary", {
    given: {
      ada: row("Employee", { salary: "60000" }),
    },
    as: user("ada", { roles: ["hr"] }),
    do: update("ada", { salary: "70000" }),
    expect: refused("forbidden_field", { field: "salary" }),
  }),
  test("People keep their own number up to date", {
    given: {
      ada: row("Employee"),
    },
    as: user("ada", { roles: ["employee"] }),
    do: update("ada", "updateOwn", { phone: "+4930123456" }),
    expect: done({ phone: "+4930123456" }),
  }),
  test("Nobody leads themselves", {
    given: {
      ada: row("Employee"),
      boss: row("Employee"),
    },
    as: user("boss", { roles: ["hr"] }),
    do: update("ada", { manager: ref("ada") }),
    expect: refused("invalid_input", { field: "manager" }),
  }),
]);
