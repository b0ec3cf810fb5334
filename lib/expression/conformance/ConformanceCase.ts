import type { SerializedIncrementalTestSuite } from "@bufbuild/cel-spec/testdata/tests.js";

/** A case of the public conformance tests, as far as it is looked at (`cel.expr.conformance.test.SimpleTest` as JSON). */
export interface ConformanceCase {
  readonly name?: string;
  readonly expr: string;
  readonly typeEnv?: readonly { readonly name: string; readonly ident?: { readonly type: ConformanceType } }[];
  readonly bindings?: Readonly<Record<string, { readonly value?: ConformanceValue }>>;
  /** Absent: true. */
  readonly value?: ConformanceValue;
  readonly evalError?: unknown;
}

export interface ConformanceType {
  readonly primitive?: string;
  readonly wellKnown?: string;
  readonly messageType?: string;
  readonly null?: null;
  readonly listType?: { readonly elemType: ConformanceType };
}

export interface ConformanceValue {
  readonly boolValue?: boolean;
  readonly int64Value?: string;
  readonly uint64Value?: string;
  readonly stringValue?: string;
  readonly doubleValue?: number | string;
  readonly nullValue?: null;
  readonly listValue?: { readonly values?: readonly ConformanceValue[] };
  readonly objectValue?: { readonly "@type"?: string; readonly value?: unknown };
}

/** The cases of a suite by their names: `logic/AND/all_true`; a name that comes again gets a number. */
export function casesOf(suite: SerializedIncrementalTestSuite): ReadonlyMap<string, ConformanceCase> {
  const cases = new Map<string, ConformanceCase>();
  const collect = (part: SerializedIncrementalTestSuite, path: string): void => {
    for (const { original } of part.tests ?? []) {
      const name = `${path}/${original.name ?? original.expr}`;
      let free = name;
      for (let count = 2; cases.has(free); count++) free = `${name} ${count}`;
      cases.set(free, original as ConformanceCase);
    }
    for (const inner of part.suites ?? []) collect(inner, `${path}/${inner.name}`);
  };
  collect(suite, suite.name);
  return cases;
}
