/**
 * What a sandbox is prepared with. Functions are pure: what would tell them the time or make them differ from call to call
 * is taken out before their text is read, and says why. `Decimal` counts exactly, as the APIs' decimals are texts.
 */
export const sandboxPrelude = `(() => {
  "use strict";
  const refuse = (what) => { throw new Error(what); };
  const noClock = "Functions have no clock: give them the moment as a parameter.";
  const NativeDate = Date;
  const construct = Reflect.construct;
  const PureDate = function Date(...given) {
    if (!new.target || given.length === 0) refuse(noClock);
    return construct(NativeDate, given, new.target === PureDate ? NativeDate : new.target);
  };
  PureDate.prototype = NativeDate.prototype;
  PureDate.UTC = NativeDate.UTC;
  PureDate.parse = NativeDate.parse;
  PureDate.now = () => refuse(noClock);
  Object.defineProperty(NativeDate.prototype, "constructor", { value: PureDate });
  globalThis.Date = PureDate;
  Math.random = () => refuse("Functions have no random numbers: give them what they need as parameters.");
  delete globalThis.WeakRef;
  delete globalThis.FinalizationRegistry;

  const power = (digits) => 10n ** BigInt(digits);
  const most = 1000;
  class Decimal {
    #digits;
    #scale;
    constructor(digits, scale) {
      this.#digits = digits;
      this.#scale = scale;
      Object.freeze(this);
    }
    static of(value) {
      if (value instanceof Decimal) return value;
      if (typeof value === "bigint") return new Decimal(value, 0);
      if (typeof value === "number" && Number.isSafeInteger(value)) return new Decimal(BigInt(value), 0);
      if (typeof value === "number") throw new TypeError("Give Decimal.of a text: a number with a fraction is not exact.");
      const parts = typeof value === "string" ? /^([+-]?)(\\d{1,1000})(?:\\.(\\d{1,1000}))?$/.exec(value) : null;
      if (!parts) throw new TypeError("Decimal.of takes a text such as '12.50'.");
      const fraction = parts[3] ?? "";
      const digits = BigInt(parts[2] + fraction);
      return new Decimal(parts[1] === "-" ? -digits : digits, fraction.length);
    }
    static #aligned(left, right) {
      const a = Decimal.of(left);
      const b = Decimal.of(right);
      const scale = a.#scale > b.#scale ? a.#scale : b.#scale;
      return [a.#digits * power(scale - a.#scale), b.#digits * power(scale - b.#scale), scale];
    }
    plus(other) {
      const [a, b, scale] = Decimal.#aligned(this, other);
      return new Decimal(a + b, scale);
    }
    minus(other) {
      const [a, b, scale] = Decimal.#aligned(this, other);
      return new Decimal(a - b, scale);
    }
    times(other) {
      const b = Decimal.of(other);
      if (this.#scale + b.#scale > most) throw new RangeError("A Decimal has at most 1000 digits after the point.");
      return new Decimal(this.#digits * b.#digits, this.#scale + b.#scale);
    }
    /** Rounded to so many digits after the point, half away from zero. */
    dividedBy(other, scale = 20) {
      const [a, b] = Decimal.#aligned(this, other);
      if (b === 0n) throw new RangeError("Division by zero.");
      return new Decimal(Decimal.#quotient(a * power(Decimal.#places(scale)), b), scale);
    }
    /** To so many digits after the point, half away from zero. */
    round(scale = 0) {
      const places = Decimal.#places(scale);
      if (places >= this.#scale) return new Decimal(this.#digits * power(places - this.#scale), places);
      return new Decimal(Decimal.#quotient(this.#digits, power(this.#scale - places)), places);
    }
    static #places(scale) {
      if (!Number.isInteger(scale) || scale < 0 || scale > most) throw new RangeError("Give digits from 0 to 1000.");
      return scale;
    }
    static #quotient(a, b) {
      const negative = a < 0n !== b < 0n;
      const [n, d] = [a < 0n ? -a : a, b < 0n ? -b : b];
      const rounded = (2n * n + d) / (2n * d);
      return negative ? -rounded : rounded;
    }
    negated() {
      return new Decimal(-this.#digits, this.#scale);
    }
    abs() {
      return this.#digits < 0n ? this.negated() : this;
    }
    /** -1, 0 or 1. */
    compare(other) {
      const [a, b] = Decimal.#aligned(this, other);
      return a < b ? -1 : a > b ? 1 : 0;
    }
    equals(other) {
      return this.compare(other) === 0;
    }
    toString() {
      const negative = this.#digits < 0n;
      const text = String(negative ? -this.#digits : this.#digits).padStart(this.#scale + 1, "0");
      const whole = text.slice(0, text.length - this.#scale);
      return (negative ? "-" : "") + (this.#scale === 0 ? whole : whole + "." + text.slice(text.length - this.#scale));
    }
    toJSON() {
      return this.toString();
    }
    valueOf() {
      throw new TypeError("Use plus, minus, times, dividedBy and compare with a Decimal.");
    }
  }
  Object.freeze(Decimal.prototype);
  Object.defineProperty(globalThis, "Decimal", { value: Object.freeze(Decimal) });
})()`;
