import { date, fn, integer } from "gantry";

export default fn("workdaysAfter", {
  describe: "The day that is so many days from Monday to Friday later.",
  parameters: { from: date({ required: true }), days: integer({ min: 0, max: 3650, required: true }) },
  returns: date(),
  examples: [
    { given: { from: "2026-01-01", days: 1 }, returns: "2026-01-02" },
    { given: { from: "2026-01-02", days: 3 }, returns: "2026-01-07" },
  ],
}, ({ from, days }) => {
  const day = new Date(`${from}T00:00:00Z`);
  for (let left = days; left > 0; ) {
    day.setUTCDate(day.getUTCDate() + 1);
    if (day.getUTCDay() % 6 !== 0) left -= 1;
  }
  return day.toISOString().slice(0, 10);
});
