// Whether a service is open at this moment, by the clock of London, whatever the clock of the phone says.

const HOUR = 3600000; // milliseconds
const MARCH = 2;
const OCTOBER = 9;

/**
 * Whether it is open: true, false, or null where that is not known.
 * hours: as opening.py packs them. now: a Date. holidays: {until, days}, the bank holidays, complete up to and including the day `until`.
 */
export function openNow(hours, now, holidays) {
  if (hours === true) return true;
  if (!hours || !hours[0].length) return null;
  const [weekly, onBankHolidays, note] = hours;
  const clock = inLondon(now);
  if (isNaN(clock)) return null;
  const date = clock.toISOString().slice(0, 10);
  const day = clock.getUTCDay() || 7;
  const minute = clock.getUTCHours() * 60 + clock.getUTCMinutes();
  // Only the day on which the moment falls counts. So the hours after midnight of a night that began on Sunday, which have a row
  // of their own for Monday, follow the rule for Monday's bank holiday.
  if (onBankHolidays !== 1) {
    if (holidays.days.includes(date)) return onBankHolidays === 0 ? false : null;
    // Later than the list goes, any weekday may be a bank holiday. Those of England never fall on a weekend, unless the list says so.
    if (date > holidays.until && day < 6) return null;
  }
  const isOpen = weekly.some(([days, opens, closes]) => days.includes(day) && opens <= minute && minute < closes);
  return isOpen || (note ? null : false); // "these are the main hours": outside them nobody can be sure
}

/**
 * What the clocks of London show at an instant, as a Date whose UTC is that time. Summer time lasts from one o'clock in the morning of Greenwich on the
 * last Sunday of March until then on the last Sunday of October (Summer Time Act 1972, as the Summer Time Order 2002 has it). The browser's own zones
 * would say the same, but an old phone needs a tenth of a second to make them ready, and may have none.
 */
export function inLondon(now) {
  const year = now.getUTCFullYear();
  const isSummer = now >= lastSunday(year, MARCH) && now < lastSunday(year, OCTOBER);
  return new Date(now.getTime() + (isSummer ? HOUR : 0));
}

/** One o'clock in Greenwich on the last Sunday of a month of 31 days. */
function lastSunday(year, month) {
  const last = new Date(Date.UTC(year, month, 31, 1));
  last.setUTCDate(31 - last.getUTCDay());
  return last;
}
