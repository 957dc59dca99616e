// Serbian Cyrillic in Latin letters, by the rule of field 5 in docs/certificates.md.
const CYRILLIC = "абвгдђежзијклљмнњопрстћуфхцчџш";
const LATIN = "a b v g d đ e ž z i j k l lj m n nj o p r s t ć u f h c č dž š".split(" ");
const CAPITALS = CYRILLIC.toUpperCase();

export function toLatin(text) {
  const letters = [...text];
  return letters
    .map((letter, place) => {
      const small = CYRILLIC.indexOf(letter);
      if (small >= 0) return LATIN[small];
      const capital = CAPITALS.indexOf(letter);
      if (capital < 0) return letter;
      const [first, ...rest] = LATIN[capital];
      // A capital digraph is written LJ when a neighbouring letter is a capital too.
      const beside = [letters[place - 1], letters[place + 1]].some((one) => one && CAPITALS.includes(one));
      return first.toUpperCase() + (beside ? rest.join("").toUpperCase() : rest.join(""));
    })
    .join("");
}
