// A metric's figure: a number where it is one, else the words somebody wrote in its place (MAP-12).
// Pure; the locale decides what a comma means, for typing and for showing alike.

interface Separators {
  readonly group: string;
  readonly decimal: string;
}

function separators(locale: string | undefined): Separators {
  const parts = new Intl.NumberFormat(locale).formatToParts(12345.6);
  const find = (type: string): string => parts.find((part) => part.type === type)?.value ?? '';
  return { group: find('group'), decimal: find('decimal') };
}

/** What was typed, as a number if it is one and nothing else. */
export function parseFigure(typed: string, locale?: string): number | string | undefined {
  const text = typed.trim();
  if (text === '') return undefined;
  const { group, decimal } = separators(locale);
  const signed = text.replace(/^[−–]/, '-').replace(/[\s\u00a0\u202f]/g, '');
  const whole = group === '' ? signed : signed.split(group);
  // A separator of thousands stands before three digits, or it is none.
  const joined =
    typeof whole === 'string'
      ? whole
      : whole.slice(1).every((part) => /^\d{3}(\D|$)/.test(part))
        ? whole.join('')
        : signed;
  const plain = decimal === '' ? joined : joined.replace(decimal, '.');
  return /^-?\d+(\.\d+)?$/.test(plain) ? Number(plain) : text;
}

/** A figure as it is typed: without separators of thousands. */
export function figureText(value: number | string | undefined, locale?: string): string {
  if (typeof value !== 'number') return value ?? '';
  return value.toLocaleString(locale, { useGrouping: false, maximumFractionDigits: 12 });
}
