/** A piece of source before it is laid out in lines; a string is laid out already. */
export type Code = string | ObjectCode | ListCode | CallCode;

export interface ObjectCode {
  readonly kind: "object";
  readonly properties: readonly (readonly [name: string, value: Code])[];
  /** One property per line even where all would fit on one. */
  readonly open?: boolean;
}

export interface ListCode {
  readonly kind: "list";
  readonly items: readonly Code[];
  /** One item per line even where all would fit on one. */
  readonly open?: boolean;
}

export interface CallCode {
  readonly kind: "call";
  readonly name: string;
  readonly args: readonly Code[];
}

export function call(name: string, ...args: readonly Code[]): CallCode {
  return { kind: "call", name, args };
}

export function list(items: readonly Code[]): ListCode {
  return { kind: "list", items };
}

export function object(properties: readonly (readonly [name: string, value: Code])[]): ObjectCode {
  return { kind: "object", properties };
}

/** A call with an object of options as its last argument, left out when there are none. */
export function callWithOptions(name: string, args: readonly Code[], options: ObjectCode["properties"]): CallCode {
  return call(name, ...args, ...(options.length === 0 ? [] : [object(options)]));
}
