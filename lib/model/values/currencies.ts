/**
 * The currencies of ISO 4217, list one, with how many digits each has after the point. The codes and minor units are
 * facts published by SIX, the standard's maintenance agency, on behalf of ISO (amendment 177, and the two currencies that
 * went since, ANG and BGN, of which amounts are still kept); the table is written for Gantry and has no licence of its
 * own. Codes without minor units (precious metals, units of account, test codes) are no money and left out.
 */
const byDigits: readonly (readonly [digits: number, codes: string])[] = [
  [0, "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"],
  [
    2,
    `AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE CHF
    CHW CNY COP COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF
    IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN
    MXV MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS
    SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST XAD XCD XCG YER ZAR ZMW
    ZWG`,
  ],
  [3, "BHD IQD JOD KWD LYD OMR TND"],
  [4, "CLF UYW"],
];

const digitsOf = new Map(byDigits.flatMap(([digits, codes]) => codes.split(/\s+/).map((code) => [code, digits])));

/** Every code, in the order of the alphabet. */
export const currencies: readonly string[] = [...digitsOf.keys()].sort();

/** How many digits amounts of a currency have after the point; null when there is no such currency. */
export function currencyDigits(code: string): number | null {
  return digitsOf.get(code) ?? null;
}
