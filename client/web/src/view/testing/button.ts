// For tests of what is drawn: a button by the name that is read out for it.

export function button(name: string): HTMLElement {
  const found = [...document.querySelectorAll<HTMLElement>('button')].find(
    (one) => (one.getAttribute('aria-label') ?? one.textContent)?.trim() === name,
  );
  if (found === undefined) throw new Error(`There is no button “${name}”.`);
  return found;
}
