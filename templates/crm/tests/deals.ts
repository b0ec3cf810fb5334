import {
  create,
  destroy,
  done,
  get,
  key,
  read,
  ref,
  refused,
  row,
  rows,
  service,
  test,
  tests,
  update,
  user,
} from "gantry";

export default tests({ describe: "What sales rely on: whose deals are whose, and what becomes of them." }, [
  test("Sales see the deals of their own team", {
    given: {
      north: row("Team", { name: "North" }),
      south: row("Team", { name: "South" }),
      ada: row("TeamMember", { team: ref("north") }),
      ben: row("TeamMember", { team: ref("north") }),
      cleo: row("TeamMember", { team: ref("south") }),
      own: row("Deal", { owner: ref("ada") }),
      ofTeam: row("Deal", { owner: ref("ben") }),
      ofOthers: row("Deal", { owner: ref("cleo") }),
    },
    as: user("ada", { roles: ["sales"] }),
    do: read("Deal"),
    expect: rows(["own", "ofTeam"]),
  }),
  test("Sales change their own deals only", {
    given: {
      team: row("Team"),
      ada: row("TeamMember", { team: ref("team") }),
      ben: row("TeamMember", { team: ref("team") }),
      deal: row("Deal", { owner: ref("ben") }),
    },
    as: user("ada", { roles: ["sales"] }),
    do: update("deal", { title: "Mine now" }),
    expect: refused("forbidden"),
  }),
  test("Whoever starts a deal owns it", {
    given: {
      acme: row("Company"),
      ada: row("TeamMember"),
    },
    as: user("ada", { roles: ["sales"] }),
    do: create("Deal", "start", { title: "Big", company: ref("acme") }),
    expect: done({ owner: ref("ada"), stage: "lead", probability: 10, open: true }),
  }),
  test("A won deal is kept for good", {
    explain: "Reports count won deals: not even managers take one away.",
    given: {
      deal: row("Deal", { stage: "won" }),
    },
    as: key({ roles: ["manager"] }),
    do: destroy("deal"),
    expect: refused("forbidden"),
  }),
  test("A deal is won after an offer, not before", {
    given: {
      ada: row("TeamMember"),
      deal: row("Deal", { stage: "qualified", amount: "100", owner: ref("ada") }),
    },
    as: user("ada", { roles: ["sales"] }),
    do: update("deal", "win"),
    expect: refused("illegal_transition"),
  }),
  test("A deal without an amount is not proposed", {
    given: {
      ada: row("TeamMember"),
      deal: row("Deal", { stage: "qualified", amount: "0", owner: ref("ada") }),
    },
    as: user("ada", { roles: ["sales"] }),
    do: update("deal", "propose"),
    expect: refused("illegal_transition"),
  }),
  test("A deal is lost for a reason", {
    given: {
      ada: row("TeamMember"),
      deal: row("Deal", { owner: ref("ada") }),
    },
    as: user("ada", { roles: ["sales"] }),
    do: update("deal", "lose", { reason: "price" }),
    expect: done({ stage: "lost", lostBecause: "price", probability: 0, open: false }),
  }),
  test("Only managers reopen what is finished", {
    given: {
      ada: row("TeamMember"),
      deal: row("Deal", { stage: "lost", owner: ref("ada") }),
    },
    as: user("ada", { roles: ["sales"] }),
    do: update("deal", "reopen"),
    expect: refused("forbidden"),
  }),
  test("A deal does not close before it opens", {
    given: {
      deal: row("Deal", { openedOn: "2026-02-01" }),
    },
    as: service(),
    do: update("deal", { expectedOn: "2026-01-31" }),
    expect: refused("invalid_input", { field: "expectedOn" }),
  }),
  test("A deal is worth its amount by its probability", {
    given: {
      deal: row("Deal", { amount: "2500", probability: 40 }),
    },
    as: service(),
    do: get("deal"),
    expect: done({ weighted: "1000" }),
  }),
]);
