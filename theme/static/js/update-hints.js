// What stands below the label of a field, and what to do where it is not filled in: the schema's words, but for those that speak of files.

export const HINTS = {
  charity_number: "Its number in the register of charities.",
  crime_types: "What it helps with.",
  coverage: "Where the people live whom it helps.",
  opens: "On the 24-hour clock.",
  closes: "On the 24-hour clock. Midnight is 24:00. If it is open past midnight, add a second line for the next day.",
  days: "",
  open_24_hours: "Somebody answers day and night, every day.",
  confidential_location: "It is a refuge, or another place that must stay secret.",
  instead_use: "The short name of another organisation here, as in the address of its page. One on each line.",
  services: "",
  status: "Fill this in only where the service is not open.",
};

/** The hint of a field. */
export function hintOf(name, field) {
  return HINTS[name] ?? field.description ?? "";
}
