/** A Latvian postal code, a telephone number in groups, a reference in fours: read wrongly when a line ends inside it. */
const whole = /(\bLV-\d{4}\b|\+\d+(?: \d+)+|\b[0-9A-Z]{4}(?: [0-9A-Z]{4}){3}\b)/;

/** The parts of a text; each second one is to stay on one line. */
const partsOf = (text: string): string[] => text.split(whole);

/**
 * A text as markup in which a line never ends inside a postal code, a number or a reference.
 * @param escape makes text harmless in HTML; attribute what the element around such a part has
 */
export const unbroken = (text: string, escape: (part: string) => string, attribute: string): string =>
  partsOf(text)
    .map((part, n) => (n % 2 === 1 ? `<span ${attribute}>${escape(part)}</span>` : escape(part)))
    .join('');

/** The same where there is no markup: the spaces inside such parts do not break. */
export const withHardSpaces = (text: string): string =>
  partsOf(text)
    .map((part, n) => (n % 2 === 1 ? part.replaceAll(' ', '\u00a0') : part))
    .join('');
