// What is to happen once something that lay over the page is gone: the focus comes back in the frame after it.

export function afterGone(act: () => void): void {
  requestAnimationFrame(() => requestAnimationFrame(act));
}
