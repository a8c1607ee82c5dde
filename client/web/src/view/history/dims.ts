// What a filter leaves out steps back, as what a step leaves out does: a style sheet of its own, so that nothing is drawn anew for it.
const STEPS_BACK = `
  --ink: var(--ink-3);
  --ink-2: var(--ink-3);
  --kind: var(--line-control);
  --kind-ink: var(--ink-3);
  --kind-soft: transparent;
  --danger: var(--ink-3);
  --warn: var(--ink-3);
  --ok: var(--ink-3);
  color: var(--ink-3);
  border-color: var(--line-strong);
  box-shadow: none;
`;

function named(attribute: string, values: Iterable<string>): string {
  return [...values].map((value) => `[${attribute}="${CSS.escape(value)}"]`).join(', ');
}

/** Puts the rules in force; returns the way to end them. Lanes and cards named here stand out, `null` leaves all as they are. */
export function dim(
  lanes: ReadonlySet<string> | null,
  cards: ReadonlySet<string> | null,
): () => void {
  const rules: string[] = [];
  if (lanes !== null) {
    const rest = `.h-map .m-row[data-lane-row]:not(${named('data-lane-row', lanes)}) > .m-cell`;
    rules.push(`${rest} { background: var(--sunken); }`, `${rest} .m-card { ${STEPS_BACK} }`);
  }
  if (cards !== null) {
    const kept = cards.size === 0 ? '' : `:not(${named('data-card', cards)})`;
    rules.push(`.h-map .m-card${kept} { ${STEPS_BACK} }`);
  }
  if (rules.length === 0) return () => undefined;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(rules.join('\n'));
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  return () => {
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== sheet);
  };
}
