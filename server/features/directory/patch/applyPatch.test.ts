import { expect, test } from "vitest";
import { groupType, urns, userType } from "../schemas/resourceTypes.ts";
import { applyPatch } from "./applyPatch.ts";

const work = { value: "a@x.test", type: "work", primary: true };
const home = { value: "b@x.test", type: "home" };
const before = { userName: "a", active: true, name: { givenName: "A", familyName: "B" }, emails: [work, home] };

/** What it is afterwards; what is not named stays. */
const cases: Record<string, [operations: object[], after: object]> = {
  "a name in any case": [[{ op: "Replace", path: "USERNAME", value: "c" }], { userName: "c" }],
  "a part": [[{ op: "replace", path: "name.familyName", value: "C" }], { name: { givenName: "A", familyName: "C" } }],
  "parts of a whole that is sent": [
    [{ op: "add", path: "name", value: { middleName: "M" } }],
    { name: { givenName: "A", familyName: "B", middleName: "M" } },
  ],
  "a part that goes": [[{ op: "remove", path: "name.familyName" }], { name: { givenName: "A" } }],
  "a whole that goes": [[{ op: "remove", path: "name" }], { name: undefined }],
  "names with dots, without a path": [
    [{ op: "replace", value: { "name.givenName": "Z", active: "False" } }],
    { name: { givenName: "Z", familyName: "B" }, active: false },
  ],
  "one of a list": [
    [{ op: "replace", path: 'emails[type eq "work"].value', value: "c@x.test" }],
    { emails: [{ ...work, value: "c@x.test" }, home] },
  ],
  "one of a list that is made": [
    [{ op: "add", path: 'emails[type eq "other"].value', value: "c@x.test" }],
    { emails: [work, home, { type: "other", value: "c@x.test" }] },
  ],
  "one of a list that goes": [[{ op: "remove", path: 'emails[type eq "home" and value sw "b"]' }], { emails: [work] }],
  "the last of a list that goes": [[{ op: "remove", path: "emails[value pr]" }], { emails: undefined }],
  "another of a list, alone": [
    [{ op: "add", path: "emails", value: { value: "c@x.test" } }],
    { emails: [work, home, { value: "c@x.test" }] },
  ],
  "another first choice": [
    [{ op: "add", path: "emails", value: [{ value: "c@x.test", primary: true }] }],
    { emails: [{ value: "a@x.test", type: "work" }, home, { value: "c@x.test", primary: true }] },
  ],
  "the same again": [[{ op: "add", path: "emails", value: [work] }], { emails: [work, home] }],
  "a list in its whole": [[{ op: "replace", path: "emails", value: [home] }], { emails: [home] }],
  "a part of all in a list": [
    [{ op: "replace", path: "emails.type", value: "other" }],
    {
      emails: [
        { ...work, type: "other" },
        { ...home, type: "other" },
      ],
    },
  ],
  "an extension by a path": [
    [{ op: "add", path: `${urns.enterprise}:department`, value: "D" }],
    { [urns.enterprise]: { department: "D" } },
  ],
  "an extension without one": [
    [{ op: "add", value: { [urns.enterprise]: { department: "D", manager: "7" } } }],
    { [urns.enterprise]: { department: "D", manager: { value: "7" } } },
  ],
  "an extension by its name with a dot": [
    [{ op: "add", value: { [`${urns.enterprise}:manager.value`]: "7" } }],
    { [urns.enterprise]: { manager: { value: "7" } } },
  ],
  "an extension that goes again": [
    [
      { op: "add", path: `${urns.enterprise}:department`, value: "D" },
      { op: "remove", path: `${urns.enterprise}:department` },
    ],
    {},
  ],
  "the core's URN before a name": [[{ op: "replace", path: `${urns.user}:title`, value: "T" }], { title: "T" }],
  "what is not kept": [
    [
      { op: "add", path: 'phoneNumbers[type eq "work"].value', value: "1" },
      { op: "add", path: "urn:x:other:thing", value: 1 },
    ],
    {},
  ],
  "what is read only, without a path": [
    [{ op: "replace", value: { id: "other", meta: {}, groups: [{ value: "x" }], title: "T" } }],
    { title: "T" },
  ],
  "several in order": [
    [
      { op: "replace", path: "title", value: "1" },
      { op: "replace", path: "title", value: "2" },
    ],
    { title: "2" },
  ],
};

test.each(Object.entries(cases))("%s", (_what, [Operations, after]) => {
  const given = structuredClone(before);
  const expected = Object.fromEntries(
    Object.entries({ ...before, ...after }).filter(([, value]) => value !== undefined),
  );
  expect(applyPatch(userType, given, { Operations })).toEqual(expected);
  expect(given).toEqual(before);
});

test("members come and go, by path, by value, by filter", () => {
  const group = { displayName: "G", members: [{ value: "1" }, { value: "2" }, { value: "3" }] };
  const after = (...operations: object[]) =>
    (applyPatch(groupType, group, { operations }).members as { value: string }[] | undefined)?.map(
      ({ value }) => value,
    );
  expect(after({ op: "add", path: "members", value: [{ value: "4", display: "Four" }] })).toEqual(["1", "2", "3", "4"]);
  expect(after({ op: "add", value: { members: [{ value: "2" }, { value: "4" }] } })).toEqual(["1", "2", "3", "4"]);
  expect(after({ op: "remove", path: "members", value: [{ value: "1" }, { value: "3" }] })).toEqual(["2"]);
  expect(after({ op: "remove", path: 'members[value eq "2"]' })).toEqual(["1", "3"]);
  expect(after({ op: "remove", path: 'members[value eq "1" or value eq "2"]' })).toEqual(["3"]);
  expect(after({ op: "remove", path: "members" })).toBeUndefined();
  expect(after({ op: "replace", path: "members", value: [{ value: "9" }] })).toEqual(["9"]);
});
