// Days and lengths of time in the words that the page brings along, hidden, in its own language.
export function wordsHere() {
  const words = [...document.querySelectorAll("[data-word]")];
  return Object.fromEntries(words.map((word) => [word.dataset.word, word.textContent.trim()]));
}

// "2026-11-24" as the page writes days.
export function dayIn(words, text) {
  const [year, month, day] = text.split("-").map(Number);
  const name = words.months.split(" ")[month - 1];
  return words.day.replace("{day}", day).replace("{month}", name).replace("{year}", year);
}

// "2026-11-24T09:00:00+01:00", as the clock in Serbia shows it.
export function momentIn(words, text) {
  const [day, time] = text.split("T");
  return words.moment.replace("{day}", dayIn(words, day)).replace("{time}", time.slice(0, 5));
}

export function durationIn(words, minutes) {
  const plural = new Intl.PluralRules(document.documentElement.lang);
  const count = (kind, number) => {
    const form = plural.select(number);
    return (words[`${kind}-${form}`] ?? words[`${kind}-other`]).replace(/\d+/, number);
  };
  const hours = Math.floor(minutes / 60);
  const parts = [hours && count("hours", hours), (minutes % 60 || !hours) && count("minutes", minutes % 60)];
  return parts.filter(Boolean).join(" ");
}

export function todayInSerbia() {
  // The one way of writing days that is that of a machine.
  return new Intl.DateTimeFormat("en-CA", { timeZone: "Europe/Belgrade", year: "numeric", month: "2-digit", day: "2-digit" }).format();
}
